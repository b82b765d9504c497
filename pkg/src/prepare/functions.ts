import { notify } from "../notify.js";
import type { InspectOptions, MediaInspection } from "../types/inspect.js";
import type { MediaChange, PrepareOptions } from "../types/prepare.js";
import type { MediaType } from "../types/upload.js";
import type { WasmLoader } from "../wasm/loader.js";
import { canRedraw } from "./canvas.js";
import { prepareError, unreadable } from "./errors.js";
import {
  nameOf,
  type PrepareArguments,
  readInspectOptions,
  readPrepareOptions,
  sizeOf,
} from "./options.js";
import { fitPicture, type LoadHeic } from "./picture.js";
import { readBytes } from "./read.js";
import { type Drawing, type Plan, type PrepareExports, runTask } from "./task.js";

/** The functions of the entry `prepare`. They are documented in prepare.ts. */
export interface PrepareFunctions {
  inspectMedia: (file: Blob, options?: InspectOptions) => Promise<MediaInspection>;
  prepareMedia: (file: Blob, type?: MediaType | null, options?: PrepareOptions) => Promise<File>;
}

/**
 * Binds the functions of the entry `prepare` to one runtime's module.
 *
 * @param loadHeic not for runtimes that draw no pictures
 */
export const prepareFunctions = (
  wasm: WasmLoader<PrepareExports>,
  loadHeic?: LoadHeic,
): PrepareFunctions => ({
  inspectMedia: async (file, options) => {
    const { signal } = readInspectOptions(options);
    const size = await checkedSize(file, signal);
    const { inspection } = await wasm.call("prepare", ({ Task }) =>
      runTask(Task.inspect(size), file, signal),
    );
    return inspection;
  },

  prepareMedia: async (file, type, options) => {
    const wanted = readPrepareOptions(type, options);
    const size = await checkedSize(file, wanted.signal);
    const name = nameOf(file);
    const result = await wasm.call("prepare", ({ Task }) => {
      const { type = "", longestEdge = 0, maxBytes = 0, keepMetadata, signal } = wanted;
      const canDraw = canRedraw();
      const task = Task.prepare(size, name, type, longestEdge, maxBytes, keepMetadata, canDraw);
      return runTask(task, file, signal);
    });
    if ("refused" in result) throw prepareError(result.refused.code, result.refused.message);
    return "draw" in result
      ? redraw(file, result.draw, wanted, loadHeic)
      : compose(file, result.plan, wanted);
  },
});

/** The size of a file that is not empty. Chromium gives a file that is gone the size 0. */
async function checkedSize(file: Blob, signal: AbortSignal | undefined): Promise<number> {
  const size = sizeOf(file);
  if (size > 0) return size;
  await readBytes(() => file, signal);
  throw prepareError("file_empty", "the file is empty");
}

/** The new file, made of slices of the given one, whose bytes are not copied. */
function compose(file: Blob, plan: Plan, { onChange }: PrepareArguments): File {
  const composed = new File(partsOf(file, plan), plan.name, { type: plan.mime });
  for (const change of plan.changes) {
    report(
      onChange,
      change === "metadata_removed" ? { change, removed: plan.removed } : { change },
      file,
      composed,
    );
  }
  return composed;
}

function partsOf(file: Blob, { pieces }: Plan): BlobPart[] {
  try {
    return pieces.map((piece) => {
      if ("slice" in piece) return file.slice(...piece.slice);
      return "bytes" in piece ? piece.bytes : new Uint8Array(piece.zeros);
    });
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** The picture as the browser draws it, without any of the metadata. */
async function redraw(
  file: Blob,
  drawing: Drawing,
  wanted: PrepareArguments,
  loadHeic: LoadHeic | undefined,
): Promise<File> {
  const { onChange, onProgress, signal } = wanted;
  const decodesHeic = wanted.heic && drawing.format === "heic";
  const { blob, width, height } = await fitPicture(file, {
    ...drawing,
    loadHeic: decodesHeic ? loadHeic : undefined,
    onProgress,
    signal,
  });
  const drawn = new File([blob], drawing.names[blob.type as keyof Drawing["names"]], {
    type: blob.type,
  });
  report(onChange, { change: "redrawn", format: drawing.format, width, height }, file, drawn);
  return drawn;
}

/** A change without the two sizes. */
type Change<Kind = MediaChange> = Kind extends MediaChange
  ? Omit<Kind, "bytesBefore" | "bytes">
  : never;

function report(
  onChange: PrepareArguments["onChange"],
  change: Change,
  { size: bytesBefore }: Blob,
  { size: bytes }: Blob,
): void {
  notify(onChange, { ...change, bytesBefore, bytes } as MediaChange);
}

import { isDivarError } from "../errors/divar-media-error.js";
import { notify } from "../notify.js";
import type { InspectOptions, MediaInspection } from "../types/inspect.js";
import type { MediaChange, PrepareOptions } from "../types/prepare.js";
import type { MediaType } from "../types/upload.js";
import { canRedraw } from "./canvas.js";
import { conversionTarget, convertedName, convertFile, mayConvert } from "./conversion.js";
import { prepareError, unreadable } from "./errors.js";
import {
  nameOf,
  type PrepareArguments,
  readInspectOptions,
  readPrepareOptions,
  sizeOf,
} from "./options.js";
import type { ParsersFor } from "./parsers.js";
import { fitPicture, type LoadHeic } from "./picture.js";
import { drawPicture, drawVideo, showPreview } from "./preview.js";
import { readBytes } from "./read.js";
import type { Picture } from "./redraw.js";
import {
  type Drawing,
  type InspectResult,
  type Plan,
  type PrepareResult,
  type Refusal,
  runTask,
} from "./task.js";

/** The functions of the entry `prepare`. They are documented in prepare.ts. */
export interface PrepareFunctions {
  inspectMedia: (file: Blob, options?: InspectOptions) => Promise<MediaInspection>;
  prepareMedia: (file: Blob, type?: MediaType | null, options?: PrepareOptions) => Promise<File>;
}

/**
 * Binds the functions of the entry `prepare` to one runtime's modules.
 *
 * @param loadHeic not for runtimes that draw no pictures
 */
export const prepareFunctions = (
  parsersFor: ParsersFor,
  loadHeic?: LoadHeic,
): PrepareFunctions => ({
  inspectMedia: async (file, options) => {
    const { signal } = readInspectOptions(options);
    const { inspection } = await inspect(parsersFor, file, signal);
    return inspection;
  },

  prepareMedia: async (file, type, options) => {
    const wanted = readPrepareOptions(type, options);
    const result = await runPrepare(parsersFor, file, wanted);
    if ("refused" in result && mayConvert(result.refused, wanted)) {
      return prepareConverted(parsersFor, file, result.refused, wanted);
    }
    return carryOut(file, result, wanted, loadHeic);
  },
});

/** Finds out what a file is. */
async function inspect(
  parsersFor: ParsersFor,
  file: Blob,
  signal: AbortSignal | undefined,
): Promise<InspectResult> {
  const size = await checkedSize(file, signal);
  const wasm = await parsersFor(file, size, signal);
  return wasm.call("prepare", ({ Task }) => runTask(Task.inspect(size), file, signal));
}

/** Finds out how a file is prepared. */
async function runPrepare(
  parsersFor: ParsersFor,
  file: Blob,
  wanted: PrepareArguments,
): Promise<PrepareResult> {
  const size = await checkedSize(file, wanted.signal);
  const name = nameOf(file);
  const wasm = await parsersFor(file, size, wanted.signal);
  return wasm.call("prepare", ({ Task }) => {
    const task = Task.prepare({ ...wanted, size, name, canRedraw: canRedraw() });
    return runTask(task, file, wanted.signal);
  });
}

/** Makes the new file. */
async function carryOut(
  file: Blob,
  result: PrepareResult,
  wanted: PrepareArguments,
  loadHeic: LoadHeic | undefined,
): Promise<File> {
  if ("refused" in result) throw prepareError(result.refused.code, result.refused.message);
  return "draw" in result
    ? redraw(file, result.draw, wanted, loadHeic)
    : compose(file, result.plan, wanted);
}

/** Converts a file that was refused, and prepares the result, which loses its metadata so. */
async function prepareConverted(
  parsersFor: ParsersFor,
  file: Blob,
  refused: Refusal,
  wanted: PrepareArguments,
): Promise<File> {
  const { signal, onChange } = wanted;
  const { inspection } = await inspect(parsersFor, file, signal);
  const type = conversionTarget(file, inspection, wanted);
  if (!type) throw prepareError(refused.code, refused.message);
  // Early, since a conversion takes long; the result is shown where the browser does not play the file.
  const showing = type === "video" && showPreview(drawVideo, file, wanted);
  const converted = new File(
    [await convertFile(file, type, wanted)],
    convertedName(nameOf(file), inspection),
  );
  const untold = { onChange: undefined, onPreview: undefined };
  const silent = { ...wanted, ...untold, type, convert: undefined };
  const result = await runPrepare(parsersFor, converted, silent);
  const prepared = await carryOut(converted, result, silent, undefined);
  if (showing) void showing.then((isShown) => isShown || showPreview(drawVideo, prepared, wanted));
  report(onChange, { change: "converted", format: inspection.format }, file, prepared);
  return prepared;
}

/** The size of a file that is not empty. Chromium gives a file that is gone the size 0. */
async function checkedSize(file: Blob, signal: AbortSignal | undefined): Promise<number> {
  const size = sizeOf(file);
  if (size > 0) return size;
  await readBytes(() => file, signal);
  throw prepareError("file_empty", "the file is empty");
}

/** The new file, made of slices of the given one, whose bytes are not copied. */
function compose(file: Blob, plan: Plan, wanted: PrepareArguments): File {
  const composed = new File(partsOf(file, plan), plan.name, { type: plan.mime });
  for (const change of plan.changes) {
    report(
      wanted.onChange,
      change === "metadata_removed" ? { change, removed: plan.removed } : { change },
      file,
      composed,
    );
  }
  if (plan.mime.startsWith("video/")) void showPreview(drawVideo, composed, wanted);
  return composed;
}

/** The size of the composed file, in bytes. */
const planSize = ({ pieces }: Plan): number =>
  pieces.reduce((size, piece) => {
    if ("slice" in piece) return size + piece.slice[1] - piece.slice[0];
    return size + ("bytes" in piece ? piece.bytes.length : piece.zeros);
  }, 0);

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

/**
 * The picture as the browser draws it, without any of the metadata; or the original without them,
 * if that is no larger or this browser cannot draw it.
 */
async function redraw(
  file: Blob,
  drawing: Drawing,
  wanted: PrepareArguments,
  loadHeic: LoadHeic | undefined,
): Promise<File> {
  const { onChange, onProgress, signal } = wanted;
  const { original } = drawing;
  const decodesHeic = wanted.heic && drawing.format === "heic";
  const fitting = fitPicture(file, {
    ...drawing,
    loadHeic: decodesHeic ? loadHeic : undefined,
    onProgress,
    signal,
  });
  const picture = await fitting.catch((error) => {
    if (original && isDivarError(error) && error.code === "cannot_convert") return undefined;
    throw error;
  });
  if (original && (!picture || planSize(original) <= picture.blob.size)) {
    return compose(file, original, wanted);
  }
  const { blob, width, height } = picture as Picture;
  const drawn = new File([blob], drawing.names[blob.type as keyof Drawing["names"]], {
    type: blob.type,
  });
  report(onChange, { change: "redrawn", format: drawing.format, width, height }, file, drawn);
  if (drawing.format === "heic") void showPreview(drawPicture, drawn, wanted);
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

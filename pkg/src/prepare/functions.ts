import { throwIfAborted } from "../abort.js";
import { isDivarError } from "../errors/divar-media-error.js";
import { notify } from "../notify.js";
import type { ConvertTarget } from "../types/convert.js";
import type { InspectOptions, MediaInspection } from "../types/inspect.js";
import type { MediaChange, PrepareOptions } from "../types/prepare.js";
import type { MediaType } from "../types/upload.js";
import { canRedraw } from "./canvas.js";
import {
  conversionTarget,
  convertFile,
  isRarelyPlayed,
  isUnconverted,
  isVideo,
  mayConvert,
} from "./conversion.js";
import type { Picture } from "./encode-jpeg.js";
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
import type { LoadPreview } from "./preview.js";
import { readBytes } from "./read.js";
import {
  type Drawing,
  type InspectResult,
  type Plan,
  type PrepareResult,
  runTask,
} from "./task.js";

/** The functions of the entry `prepare`. They are documented in prepare.ts. */
export interface PrepareFunctions {
  inspectMedia: (file: Blob, options?: InspectOptions) => Promise<MediaInspection>;
  prepareMedia: (file: Blob, type?: MediaType | null, options?: PrepareOptions) => Promise<File>;
}

/** What only some files need, of a runtime that draws pictures. */
export interface Loaders {
  heic: LoadHeic;
  preview: LoadPreview;
}

/**
 * Binds the functions of the entry `prepare` to one runtime's modules.
 *
 * @param loaders not for runtimes that draw no pictures
 */
export const prepareFunctions = (parsersFor: ParsersFor, loaders?: Loaders): PrepareFunctions => ({
  inspectMedia: async (file, options) => {
    const { signal } = readInspectOptions(options);
    const { inspection } = await inspect(parsersFor, file, signal);
    return inspection;
  },

  prepareMedia: async (file, type, options) => {
    const wanted = readPrepareOptions(type, options);
    const result = await runPrepare(parsersFor, file, wanted);
    const converted = await tryConversion(parsersFor, file, result, wanted, loaders);
    return converted ?? carryOut(file, result, wanted, loaders);
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
  loaders: Loaders | undefined,
): Promise<File> {
  if ("refused" in result) throw prepareError(result.refused.code, result.refused.message);
  return "draw" in result
    ? redraw(file, result.draw, wanted, loaders)
    : compose(file, result.plan, wanted, loaders);
}

/**
 * Converts a file that Divar refuses, or that many phones do not play. Gives nothing if it is not to be
 * converted, or cannot be and Divar takes it as it is.
 */
async function tryConversion(
  parsersFor: ParsersFor,
  file: Blob,
  result: PrepareResult,
  wanted: PrepareArguments,
  loaders: Loaders | undefined,
): Promise<File | undefined> {
  if (!mayConvert(result, wanted)) return undefined;
  const { inspection } = await inspect(parsersFor, file, wanted.signal);
  const type = conversionTarget(inspection, wanted);
  const isTaken = "plan" in result;
  if (!type || (isTaken && !isRarelyPlayed(inspection, wanted))) return undefined;
  try {
    return await convertAndPrepare(parsersFor, file, inspection, { ...wanted, type }, loaders);
  } catch (error) {
    if (isTaken && isUnconverted(error)) return undefined;
    throw error;
  }
}

/** Converts a file, and prepares the result, which loses its metadata so. */
async function convertAndPrepare(
  parsersFor: ParsersFor,
  file: Blob,
  { format }: MediaInspection,
  wanted: PrepareArguments & { type: ConvertTarget["mediaType"] },
  loaders: Loaders | undefined,
): Promise<File> {
  const { type, onChange } = wanted;
  // Early, since a conversion takes long; the result is shown where the browser does not play the file.
  const showing = type === "video" && showPreview("video", file, wanted, loaders);
  const converted = new File([await convertFile(file, type, wanted)], nameOf(file));
  const silent = { ...wanted, onChange: undefined, onPreview: undefined };
  const result = await runPrepare(parsersFor, converted, silent);
  const prepared = await carryOut(converted, result, silent, undefined);
  if (showing) {
    void showing.then((isShown) => isShown || showPreview("video", prepared, wanted, loaders));
  }
  report(onChange, { change: "converted", format }, file, prepared);
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
function compose(
  file: Blob,
  plan: Plan,
  wanted: PrepareArguments,
  loaders: Loaders | undefined,
): File {
  const composed = new File(partsOf(file, plan), plan.name, { type: plan.mime });
  for (const change of plan.changes) {
    report(
      wanted.onChange,
      change === "metadata_removed" ? { change, removed: plan.removed } : { change },
      file,
      composed,
    );
  }
  if (isVideo(plan)) void showPreview("video", composed, wanted, loaders);
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
  loaders: Loaders | undefined,
): Promise<File> {
  const { onChange, onProgress, signal } = wanted;
  const { original } = drawing;
  const decodesHeic = wanted.heic && drawing.format === "heic";
  const fitting = fitPicture(file, {
    ...drawing,
    loadHeic: decodesHeic ? loaders?.heic : undefined,
    onProgress,
    signal,
  });
  const picture = await fitting.catch((error) => {
    if (original && isDivarError(error) && error.code === "cannot_convert") return undefined;
    throw error;
  });
  if (original && (!picture || planSize(original) <= picture.blob.size)) {
    return compose(file, original, wanted, loaders);
  }
  const { blob, width, height } = picture as Picture;
  const drawn = new File([blob], drawing.names[blob.type as keyof Drawing["names"]], {
    type: blob.type,
  });
  report(onChange, { change: "redrawn", format: drawing.format, width, height }, file, drawn);
  if (drawing.format === "heic") void showPreview("picture", drawn, wanted, loaders);
  return drawn;
}

/**
 * Gives the caller a preview of a file. Work that need not wait for it does not.
 *
 * @returns whether there is one: not every browser shows every file
 */
async function showPreview(
  kind: "picture" | "video",
  file: Blob,
  { onPreview, signal }: PrepareArguments,
  loaders: Loaders | undefined,
): Promise<boolean> {
  if (!onPreview || !loaders || !canRedraw()) return false;
  try {
    const { drawPreview } = await loaders.preview();
    const preview = await drawPreview(kind, file, signal);
    throwIfAborted(signal);
    notify(onPreview, preview);
    return true;
  } catch {
    return false;
  }
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

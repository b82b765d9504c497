// Sound and videos that Divar refuses as they are, and the caller's converter for them.
import { unlessAborted } from "../abort.js";
import { isInstanceOf } from "../brand.js";
import { isDivarError } from "../errors/divar-media-error.js";
import { notify } from "../notify.js";
import type { ConvertMedia, ConvertTarget } from "../types/convert.js";
import type { MediaFormat, MediaInspection } from "../types/inspect.js";
import type { PrepareOptions } from "../types/prepare.js";
import { prepareError } from "./errors.js";
import { MAX_BYTES } from "./limits.js";
import type { PrepareArguments } from "./options.js";
import type { Refusal } from "./task.js";

/** The caller's converter. */
export type Convert = NonNullable<PrepareOptions["convert"]>;

/** The formats of sound and videos. */
const FORMATS: ReadonlySet<MediaFormat> = new Set([
  "mp4",
  "m4a",
  "mov",
  "3gp",
  "webm",
  "matroska",
  "ogg",
  "mp3",
  "wav",
]);

/** Whether a conversion may help a file that was refused. */
export const mayConvert = ({ code }: Refusal, { convert }: PrepareArguments): boolean =>
  convert !== undefined && (code === "unsupported_format" || code === "file_too_large");

/**
 * What a refused file can be converted to. Of a file whose format is unknown (FLAC, ADTS), the
 * browser says whether it is sound.
 */
export function conversionTarget(
  file: Blob,
  { format, tracks }: MediaInspection,
  { type }: PrepareArguments,
): ConvertTarget["mediaType"] | undefined {
  const has = (kind: string) => FORMATS.has(format) && tracks.some((it) => it.kind === kind);
  const isSound = has("audio") || (format === "unknown" && file.type.startsWith("audio/"));
  const target = has("video") ? "video" : isSound ? "voice" : undefined;
  return type === undefined || type === target ? target : undefined;
}

/** Converts a file that is to be sent as `mediaType`. */
export function convertFile(
  file: Blob,
  mediaType: ConvertTarget["mediaType"],
  { convert, maxBytes = MAX_BYTES[mediaType], onProgress, signal }: PrepareArguments,
): Promise<Blob> {
  return callConvert(convert as Convert, file, {
    mediaType,
    maxBytes,
    onProgress: (done) => {
      if (!signal?.aborted) notify(onProgress, { phase: "converting", done });
    },
    ...(signal && { signal }),
  });
}

/** The name of what a file is converted to; preparing it replaces an extension that it knows. */
export function convertedName(name: string, { format }: MediaInspection): string {
  return format === "unknown" ? name.replace(/\.\w+$/, "") : name;
}

/** Calls the caller's converter, or what it imports. */
export async function callConvert(
  convert: Convert,
  file: Blob,
  target: ConvertTarget,
): Promise<Blob> {
  const call = async () => {
    // A function that imports the converter takes no arguments, and ignores these.
    const result = await (convert as ConvertMedia)(file, target);
    const imported = result as Blob & { convertMedia?: ConvertMedia };
    return typeof imported?.convertMedia === "function"
      ? imported.convertMedia(file, target)
      : result;
  };
  let converted: Blob;
  try {
    converted = await unlessAborted(target.signal, call());
  } catch (cause) {
    if (target.signal?.aborted || isDivarError(cause)) throw cause;
    throw prepareError("cannot_convert", "the converter has failed or could not be loaded", cause);
  }
  if (isInstanceOf(converted, "Blob", "File")) return converted;
  throw prepareError("cannot_convert", "the converter gave no Blob");
}

// Sound and videos that Divar refuses as they are, and the caller's converter for them.
import { unlessAborted } from "../abort.js";
import { isInstanceOf } from "../brand.js";
import { isDivarError } from "../errors/divar-media-error.js";
import { notify } from "../notify.js";
import type { ConvertMedia, ConvertTarget } from "../types/convert.js";
import type { ErrorCode } from "../types/error-code.js";
import type { MediaFormat, MediaInspection } from "../types/inspect.js";
import type { PrepareOptions } from "../types/prepare.js";
import { prepareError } from "./errors.js";
import { MAX_BYTES } from "./limits.js";
import type { PrepareArguments } from "./options.js";
import type { Plan, PrepareResult } from "./task.js";

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
  "flac",
  "aac",
  "amr",
]);
/** Videos of which no tracks are read. */
const UNREAD_VIDEOS: ReadonlySet<MediaFormat> = new Set(["avi", "mpegts"]);

/** Why a file is refused that a conversion may help. */
const CONVERTIBLE: ReadonlySet<ErrorCode> = new Set(["unsupported_format", "file_too_large"]);
/** Why a conversion gives nothing, although the file can be read. */
const UNCONVERTED: ReadonlySet<ErrorCode> = new Set([...CONVERTIBLE, "cannot_convert"]);

/** MPEG-4 part 2 (ISO/IEC 14496-14, 5.6), of older phones and cameras. */
const MPEG4_PART2 = "mp4v";
/** HEVC (ISO/IEC 14496-15, 8.4.1) and the Dolby Vision that is made of it. */
const HEVC: ReadonlySet<string> = new Set(["hvc1", "hev1", "dvh1", "dvhe"]);

/** Whether a conversion may help a file, as far as that is known before it is inspected. */
export function mayConvert(result: PrepareResult, { convert }: PrepareArguments): boolean {
  if (!convert || "draw" in result) return false;
  if ("refused" in result) return CONVERTIBLE.has(result.refused.code);
  return isVideo(result.plan);
}

/** Whether a planned file is a video. */
export const isVideo = ({ mime }: Plan): boolean => mime.startsWith("video/");

/** Whether many phones do not play a video that Divar takes. */
export const isRarelyPlayed = (
  { tracks }: MediaInspection,
  { convertHevc }: PrepareArguments,
): boolean => tracks.some(({ codec }) => codec === MPEG4_PART2 || (convertHevc && HEVC.has(codec)));

/** Whether an error says that a file cannot be converted here. */
export const isUnconverted = (error: unknown): boolean =>
  isDivarError(error) && UNCONVERTED.has(error.code);

/** What a file can be converted to. */
export function conversionTarget(
  { format, tracks }: MediaInspection,
  { type }: PrepareArguments,
): ConvertTarget["mediaType"] | undefined {
  const has = (kind: string) => FORMATS.has(format) && tracks.some((it) => it.kind === kind);
  const isVideo = has("video") || UNREAD_VIDEOS.has(format);
  const target = isVideo ? "video" : has("audio") ? "voice" : undefined;
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

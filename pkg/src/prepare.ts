// Pages, Node, Deno and Bun. Its declarations serve every runtime.
import { prepareFunctions } from "./prepare/functions.js";
import { parsersFor } from "./prepare/parsers.js";
import type { InspectOptions, MediaInspection } from "./types/inspect.js";
import type { PrepareOptions } from "./types/prepare.js";
import type { MediaType } from "./types/upload.js";

export { isDivarError } from "./errors/divar-media-error.js";
export { recordVoice } from "./prepare/voice.js";
export type * from "./types/convert.js";
export type * from "./types/error.js";
export type * from "./types/error-code.js";
export type * from "./types/inspect.js";
export type * from "./types/prepare.js";
export type * from "./types/record.js";
export type { MediaType } from "./types/upload.js";

const functions = prepareFunctions(parsersFor, {
  heic: () => import("./prepare/heic.js"),
  preview: () => import("./prepare/preview.js"),
});

/**
 * Finds out what a file is by its content, whatever its name says. At most 256 KiB of it are read, in
 * small slices. A damaged file is reported and is no error.
 *
 * @throws {DivarMediaError} at the stage `prepare`: `invalid_argument`, `file_empty`, `file_unreadable`
 */
export const inspectMedia: (file: Blob, options?: InspectOptions) => Promise<MediaInspection> =
  functions.inspectMedia;

/**
 * Makes a file that Divar accepts, or rejects with the reason. Nothing is sent.
 *
 * - PNG and JPEG lose the metadata about place, time and device. No pixel is changed; the colour
 *   profile and the orientation stay.
 * - Pictures that are too large, and WebP, AVIF, GIF (its first frame) and HEIC, are drawn again, in a
 *   worker where there is one. A page whose browser does not decode HEIC loads a decoder for it.
 * - MP4, M4A, MOV and 3GP lose the same metadata, get their index in front, and become MP4 or M4A
 *   (3GP stays for voice) if their codecs are allowed there. No codec is touched.
 * - Other sound and videos, and those that are too large, are refused, or converted by the function
 *   `convert`.
 * - Documents are not changed.
 *
 * `type` is the media type to send the file as; without it the content decides.
 *
 * @returns a new file, made of slices of the given one unless it was drawn
 * @throws {DivarMediaError} at the stage `prepare`: `invalid_argument`, `file_empty`, `file_damaged`,
 * `unsupported_format`, `file_too_large`, `cannot_convert`, `file_unreadable`
 */
export const prepareMedia: (
  file: Blob,
  type?: MediaType | null,
  options?: PrepareOptions,
) => Promise<File> = functions.prepareMedia;

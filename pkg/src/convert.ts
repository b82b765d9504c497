// Needs the optional peer dependencies `mediabunny` and `@mediabunny/aac-encoder`.
import { convert } from "./convert/convert.js";
import { Semaphore } from "./prepare/semaphore.js";
import type { ConvertMedia } from "./types/convert.js";

export type * from "./types/convert.js";

/** A conversion takes all of a phone: one at a time, in the whole page. */
const conversions = new Semaphore(1);

/**
 * Converts sound to M4A (AAC), and a video to MP4 (H.264 and AAC), by the browser's WebCodecs. The
 * result is no larger than `maxBytes` and has no rate above the source's. Give it to `prepareMedia` as
 * `convert`, which also removes the personal metadata.
 *
 * @throws {DivarMediaError} at the stage `prepare`: `cannot_convert` with the reason, `file_too_large`
 * with the seconds that would fit, `unsupported_format`, `file_unreadable`
 */
export const convertMedia: ConvertMedia = async (file, target) => {
  await conversions.acquire(target.signal);
  try {
    return await convert(file, target);
  } finally {
    conversions.release();
  }
};

import { throwIfAborted } from "../abort.js";
import { type Canvas, encode, release, scale } from "./canvas.js";
import { prepareError } from "./errors.js";

/** A higher quality is not visible, and most pictures fit with this one. */
const BEST_QUALITY = 0.85;
/** With a lower quality a smaller picture looks better. */
const WORST_QUALITY = 0.4;
/** How many qualities between them are tried. */
const SEARCH_STEPS = 4;
/** How much smaller the edges become if no quality fits. */
const SHRINK = 0.8;
/** A picture that does not fit with this longest edge, in pixels, is refused. */
const SHORTEST_EDGE = 320;

/** A picture that was drawn again; its size is in pixels. */
export interface Picture {
  blob: Blob;
  width: number;
  height: number;
}

/** Tries one quality, and gives the JPEG if it fits. */
type TryQuality = (quality: number) => Promise<Blob | undefined>;

/**
 * The best JPEG of at most `maxBytes`, made smaller if no quality fits. The canvas is released.
 *
 * @param onProgress called with the completed part, between 0 and 1
 */
export async function encodeJpeg(
  canvas: Canvas,
  maxBytes: number,
  onProgress: (done: number) => void,
  signal: AbortSignal | undefined,
): Promise<Picture> {
  const { width, height } = canvas;
  const tryQuality: TryQuality = async (quality) => {
    const blob = await encode(canvas, "image/jpeg", quality);
    throwIfAborted(signal);
    return blob.size <= maxBytes ? blob : undefined;
  };
  const blob = (await tryQuality(BEST_QUALITY)) ?? (await search(tryQuality, onProgress));
  if (!blob && Math.max(width, height) <= SHORTEST_EDGE) {
    throw prepareError("file_too_large", `the picture cannot be made to fit in ${maxBytes} bytes`);
  }
  const shrunk = (edge: number) => Math.max(1, Math.round(edge * SHRINK));
  const smaller = blob ? undefined : scale(canvas, shrunk(width), shrunk(height));
  release(canvas);
  if (smaller) return encodeJpeg(smaller, maxBytes, onProgress, signal);
  return { blob: blob as Blob, width, height };
}

/** The JPEG with the best quality that fits; nothing if not even the worst one does. */
async function search(
  tryQuality: TryQuality,
  onProgress: (done: number) => void,
): Promise<Blob | undefined> {
  let best = await tryQuality(WORST_QUALITY);
  let [fits, fails] = [WORST_QUALITY, BEST_QUALITY];
  for (let step = 0; best && step < SEARCH_STEPS; step += 1) {
    onProgress((step + 2) / (SEARCH_STEPS + 2));
    const quality = (fits + fails) / 2;
    const blob = await tryQuality(quality);
    best = blob ?? best;
    if (blob) fits = quality;
    else fails = quality;
  }
  return best;
}

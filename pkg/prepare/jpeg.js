// The best JPEG that fits.
import { throwIfAborted } from "./abort.js";
import { encode, release, scale } from "./canvas.js";
import { refuse } from "./refusal.js";

/** No one sees more than this, and most pictures fit with it. */
const BEST = 0.85;
/** Below, a smaller picture looks better. */
const WORST = 0.4;
/** How often the quality between them is halved. */
const HALVINGS = 4;
const SMALLER = 0.8;
/** A picture that does not fit with this longest edge is refused. */
const SHORTEST_EDGE = 320;

/**
 * @param {OffscreenCanvas | HTMLCanvasElement} canvas is used up
 * @param {number} maxBytes
 * @param {(done: number) => void} tell
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./redraw.js").Picture>}
 */
export async function encodeJpeg(canvas, maxBytes, tell, signal) {
  const { width, height } = canvas;
  const tryQuality = async (quality) => {
    const blob = await encode(canvas, "image/jpeg", quality);
    throwIfAborted(signal);
    return blob.size <= maxBytes ? blob : undefined;
  };
  const blob = (await tryQuality(BEST)) ?? (await search(tryQuality, tell));
  if (!blob && Math.max(width, height) <= SHORTEST_EDGE) {
    throw refuse("file_too_large", `the picture cannot be made to fit in ${maxBytes} bytes`);
  }
  const by = (edge) => Math.max(1, Math.round(edge * SMALLER));
  const smaller = blob ? undefined : scale(canvas, by(width), by(height));
  release(canvas);
  return smaller ? encodeJpeg(smaller, maxBytes, tell, signal) : { blob, width, height };
}

/** The best of the qualities from `WORST` up that fits; none if not even that one does. */
async function search(tryQuality, tell) {
  let best = await tryQuality(WORST);
  let [fits, fails] = [WORST, BEST];
  for (let tries = 0; best && tries < HALVINGS; tries += 1) {
    tell((tries + 2) / (HALVINGS + 2));
    const quality = (fits + fails) / 2;
    const blob = await tryQuality(quality);
    best = blob ?? best;
    if (blob) fits = quality;
    else fails = quality;
  }
  return best;
}

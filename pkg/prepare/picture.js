import { throwIfAborted, unlessAborted } from "./abort.js";
import { canRedraw } from "./canvas.js";
import { redraw, refuseIfHuge } from "./redraw.js";
import { refuse } from "./refusal.js";
import { Turns } from "./turns.js";
import { startWorker } from "./worker.js";

/** A decoded photo takes 50 MB or more: so many are in memory at a time, for the whole page. */
const turns = new Turns(2);

/**
 * Makes a picture of any format that the browser decodes into a JPEG, or a PNG where it has to be,
 * that is no larger than asked. It is upright and has no metadata.
 *
 * @param {Blob} blob
 * @param {import("./redraw.js").Wanted & {
 *   width?: number,
 *   height?: number,
 *   signal?: AbortSignal,
 *   onProgress?: (progress: import("./redraw.js").Progress) => void,
 * }} options `width` and `height` are the file's own, if known: one that is huge is not decoded
 * @returns {Promise<import("./redraw.js").Picture>}
 * @throws `cannot_convert`, `file_too_large`, `file_unreadable`, or the signal's reason
 */
export async function fitPicture(blob, options) {
  const { width, height, longestEdge, maxBytes, mayBeTransparent, signal, onProgress } = options;
  throwIfAborted(signal);
  refuseIfHuge(width, height);
  if (!canRedraw()) throw refuse("cannot_convert", "there are no canvases here");
  const left = await turns.take(signal);
  const tell = (progress) => {
    try {
      if (!signal?.aborted) onProgress?.(progress);
    } catch {
      // What the caller's function throws must not stop the work.
    }
  };
  const wanted = { longestEdge, maxBytes, mayBeTransparent };
  return unlessAborted(signal, redrawAnywhere(left, blob, wanted, tell, signal));
}

/** Its turn ends when the work has: what cannot be stopped still takes the memory. */
async function redrawAnywhere(left, blob, wanted, tell, signal) {
  let worker = left;
  try {
    worker ??= await startWorker(signal);
    const place = worker ?? { redraw };
    return await place.redraw(blob, wanted, tell, signal);
  } finally {
    turns.give(worker?.ended ? undefined : worker);
  }
}

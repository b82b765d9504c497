// A picture decoded, made smaller and encoded by the browser, in this thread.
import { isDivarError } from "../error.js";
import { throwIfAborted } from "./abort.js";
import {
  canReadBack,
  contextOf,
  encode,
  hasTransparency,
  release,
  scale,
  whiten,
} from "./canvas.js";
import { encodeJpeg } from "./jpeg.js";
import { refuse } from "./refusal.js";

/** More could take all of a phone's memory: each pixel takes four bytes. */
const MOST_PIXELS = 100_000_000;

/**
 * @typedef {object} Wanted
 * @property {number} longestEdge
 * @property {number} maxBytes
 * @property {boolean} [mayBeTransparent] what has a transparent pixel is then a PNG, if it fits
 *
 * @typedef {{ phase: "decoding" | "encoding", done: number }} Progress `done` goes from 0 to 1
 * @typedef {{ blob: Blob, width: number, height: number }} Picture
 */

/**
 * @param {Blob} blob
 * @param {Wanted} wanted
 * @param {(progress: Progress) => void} tell
 * @param {AbortSignal} [signal]
 * @returns {Promise<Picture>}
 */
export async function redraw(blob, wanted, tell, signal) {
  try {
    return await draw(blob, wanted, tell, signal);
  } catch (error) {
    if (signal?.aborted || isDivarError(error)) throw error;
    throw refuse("cannot_convert", "this browser could not decode or encode the picture", error);
  }
}

/**
 * @param {number} [width]
 * @param {number} [height]
 */
export function refuseIfHuge(width = 0, height = 0) {
  if (width * height <= MOST_PIXELS) return;
  throw refuse("file_too_large", `the picture has ${width} × ${height} pixels`);
}

async function draw(blob, { longestEdge, maxBytes, mayBeTransparent }, tell, signal) {
  if (!canReadBack()) {
    throw refuse("cannot_convert", "this browser hides what is drawn, against fingerprinting");
  }
  tell({ phase: "decoding", done: 0 });
  const bitmap = await decode(blob);
  let canvas;
  try {
    throwIfAborted(signal);
    refuseIfHuge(bitmap.width, bitmap.height);
    canvas = fit(bitmap, longestEdge);
  } finally {
    bitmap.close();
  }
  tell({ phase: "decoding", done: 1 });
  return toBytes(canvas, { maxBytes, mayBeTransparent }, tell, signal);
}

/** With the orientation applied that the file asks for. */
async function decode(blob) {
  const upright = { imageOrientation: "from-image" };
  try {
    return await createImageBitmap(blob, upright).catch((error) => {
      // Older browsers do not know the word, and do it unasked.
      if (error instanceof TypeError) return createImageBitmap(blob);
      throw error;
    });
  } catch (error) {
    await refuseIfUnreadable(blob);
    throw error;
  }
}

/** Decoders tell a file that is gone from one that they do not know by nothing. */
async function refuseIfUnreadable(blob) {
  // Not a slice of it: of a file that is gone that is empty, which nobody minds.
  const reader = blob.stream().getReader();
  try {
    await reader.read();
    reader.cancel().catch(() => {});
  } catch (cause) {
    throw refuse("file_unreadable", "the file could not be read", cause);
  }
}

function fit(bitmap, longestEdge) {
  const ratio = Math.min(1, longestEdge / Math.max(bitmap.width, bitmap.height));
  const by = (edge) => Math.max(1, Math.round(edge * ratio));
  return scale(bitmap, by(bitmap.width), by(bitmap.height));
}

async function toBytes(canvas, { maxBytes, mayBeTransparent }, tell, signal) {
  const encoding = (done) => tell({ phase: "encoding", done });
  const context = contextOf(canvas);
  encoding(0);
  if (mayBeTransparent && hasTransparency(canvas, context)) {
    const { width, height } = canvas;
    const blob = await encode(canvas, "image/png");
    throwIfAborted(signal);
    if (blob.size <= maxBytes) {
      release(canvas);
      encoding(1);
      return { blob, width, height };
    }
  }
  whiten(canvas, context);
  const picture = await encodeJpeg(canvas, maxBytes, encoding, signal);
  encoding(1);
  return picture;
}

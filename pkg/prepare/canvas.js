// Canvases, as any thread has them.

const offscreen = typeof OffscreenCanvas === "function";

/** Whether pictures can be decoded and encoded here. */
export const canRedraw = () =>
  typeof createImageBitmap === "function" && (offscreen || typeof document === "object");

/** Whether a worker could do it too. */
export const canRedrawInWorkers = () => canRedraw() && offscreen;

/**
 * @param {number} width
 * @param {number} height
 */
export function makeCanvas(width, height) {
  if (offscreen) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

/** Its pixels are read more than once: they had better not lie in the graphics card. */
export const contextOf = (canvas) => canvas.getContext("2d", { willReadFrequently: true });

/** Frees its pixels now; Safari counts those of all canvases together, and ends at a limit. */
export function release(canvas) {
  canvas.width = 0;
  canvas.height = 0;
}

/**
 * A new canvas of `width` × `height` with the whole `source` on it. One step makes a picture smaller
 * by half at most: browsers look at four pixels around a point, and skip those between when the step
 * is larger. `imageSmoothingQuality` would ask for more, but Firefox does not know it, and in older
 * Chromium "high" is the worst.
 *
 * @param {ImageBitmap | HTMLCanvasElement | OffscreenCanvas} source
 */
export function scale(source, width, height) {
  let from = source;
  for (;;) {
    const canvas = makeCanvas(
      Math.max(width, Math.ceil(from.width / 2)),
      Math.max(height, Math.ceil(from.height / 2)),
    );
    contextOf(canvas).drawImage(from, 0, 0, canvas.width, canvas.height);
    if (from !== source) release(from);
    if (canvas.width === width && canvas.height === height) return canvas;
    from = canvas;
  }
}

/** Whether any pixel lets something through; looked for in stripes, to hold little at a time. */
export function hasTransparency({ width, height }, context) {
  const ROWS = 64;
  for (let y = 0; y < height; y += ROWS) {
    const { data } = context.getImageData(0, y, width, Math.min(ROWS, height - y));
    for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] < 255) return true;
  }
  return false;
}

/** Lays white under a picture: JPEG has no transparency, and would show black. */
export function whiten({ width, height }, context) {
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
}

/**
 * Whether what was drawn can be had back. Firefox, when it resists fingerprinting, gives noise
 * instead; it, and others, may also change colours by a hair, which does no harm.
 */
export function canReadBack() {
  const COLOUR = [200, 100, 50, 255];
  const HAIR = 8;
  const canvas = makeCanvas(8, 8);
  const context = contextOf(canvas);
  context.fillStyle = "rgb(200, 100, 50)";
  context.fillRect(0, 0, 8, 8);
  const { data } = context.getImageData(0, 0, 8, 8);
  return data.every((value, at) => Math.abs(value - COLOUR[at % 4]) <= HAIR);
}

/**
 * @param {"image/jpeg" | "image/png"} type
 * @param {number} [quality] from 0 to 1
 * @returns {Promise<Blob>}
 */
export async function encode(canvas, type, quality) {
  const blob = await (canvas.convertToBlob
    ? canvas.convertToBlob({ type, quality })
    : new Promise((resolve) => canvas.toBlob(resolve, type, quality)));
  if (blob?.type !== type) throw new Error(`the browser does not encode ${type}`);
  return blob;
}

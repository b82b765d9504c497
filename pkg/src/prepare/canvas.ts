// Canvases, which pages and workers make in different ways.

/** A canvas of a page or of a worker. */
export type Canvas = HTMLCanvasElement | OffscreenCanvas;
/** What draws on a canvas. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
/** The formats that pictures are encoded as. */
export type PictureType = "image/jpeg" | "image/png";

const hasOffscreenCanvas = typeof OffscreenCanvas === "function";

/** Whether pictures can be decoded and encoded here. */
export const canRedraw = (): boolean =>
  typeof createImageBitmap === "function" && (hasOffscreenCanvas || typeof document === "object");

/** Whether a worker could do it, too. */
export const canRedrawInWorkers = (): boolean => canRedraw() && hasOffscreenCanvas;

/** Makes a canvas of this size, in pixels. */
export function createCanvas(width: number, height: number): Canvas {
  if (hasOffscreenCanvas) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

/** The context of a canvas whose pixels are read more than once: they should not be on the GPU. */
export const contextOf = (canvas: Canvas): Context =>
  canvas.getContext("2d", { willReadFrequently: true }) as Context;

/** Frees the pixels now: Safari limits the memory of all canvases together. */
export function release(canvas: Canvas): void {
  canvas.width = 0;
  canvas.height = 0;
}

/**
 * A new canvas of this size with the whole `source` on it.
 *
 * Each step halves the picture at most: browsers look at the four pixels around a point and skip those
 * between when a step is larger. `imageSmoothingQuality` is no way out: Firefox does not know it, and
 * in older Chromium "high" gives the worst result.
 */
export function scale(source: ImageBitmap | Canvas, width: number, height: number): Canvas {
  let from = source;
  for (;;) {
    const canvas = createCanvas(
      Math.max(width, Math.ceil(from.width / 2)),
      Math.max(height, Math.ceil(from.height / 2)),
    );
    contextOf(canvas).drawImage(from, 0, 0, canvas.width, canvas.height);
    if (from !== source) release(from as Canvas);
    if (canvas.width === width && canvas.height === height) return canvas;
    from = canvas;
  }
}

/** How many rows of pixels are read at a time, to keep little in memory. */
const ROWS = 64;

/** Whether any pixel is transparent. */
export function hasTransparency({ width, height }: Canvas, context: Context): boolean {
  for (let y = 0; y < height; y += ROWS) {
    const { data } = context.getImageData(0, y, width, Math.min(ROWS, height - y));
    for (let alpha = 3; alpha < data.length; alpha += 4) if (Number(data[alpha]) < 255) return true;
  }
  return false;
}

/** Puts white behind a picture: in JPEG transparent pixels would be black. */
export function fillBackground({ width, height }: Canvas, context: Context): void {
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
}

/** Red, green, blue and alpha of the test in `canReadBack`. */
const TEST_COLOUR = [200, 100, 50, 255] as const;
/** Browsers may change colours slightly, which is harmless. */
const TOLERANCE = 8;

/** Whether a canvas gives back what was drawn. Firefox gives noise when it resists fingerprinting. */
export function canReadBack(): boolean {
  const canvas = createCanvas(8, 8);
  const context = contextOf(canvas);
  context.fillStyle = "rgb(200, 100, 50)";
  context.fillRect(0, 0, 8, 8);
  const { data } = context.getImageData(0, 0, 8, 8);
  return data.every(
    (value, index) => Math.abs(value - Number(TEST_COLOUR[index % 4])) <= TOLERANCE,
  );
}

/** Encodes the picture on a canvas. `quality` is between 0 and 1. */
export async function encode(canvas: Canvas, type: PictureType, quality?: number): Promise<Blob> {
  const blob = await toBlob(canvas, type, quality);
  if (blob?.type !== type) throw new Error(`the browser does not encode ${type}`);
  return blob;
}

function toBlob(canvas: Canvas, type: PictureType, quality?: number): Promise<Blob | null> {
  if ("convertToBlob" in canvas) {
    return canvas.convertToBlob(quality === undefined ? { type } : { type, quality });
  }
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}

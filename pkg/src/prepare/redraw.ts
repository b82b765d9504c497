// Decodes a picture, makes it smaller and encodes it, in this thread.
import { throwIfAborted } from "../abort.js";
import { isDivarError } from "../errors/divar-media-error.js";
import type { PrepareProgress } from "../types/prepare.js";
import {
  type Canvas,
  canReadBack,
  contextOf,
  encode,
  fillBackground,
  hasTransparency,
  release,
  scale,
} from "./canvas.js";
import { encodeJpeg, type Picture } from "./encode-jpeg.js";
import { prepareError } from "./errors.js";
import { readBytes } from "./read.js";

/** A picture with more pixels could take all of a phone's memory: each takes four bytes. */
const MAX_PIXELS = 100_000_000;

/** What a picture has to fit. */
export interface PictureLimits {
  /** In pixels. */
  longestEdge: number;
  maxBytes: number;
  /** Whether a picture with a transparent pixel becomes a PNG, if that fits. */
  mayBeTransparent: boolean;
}

/** Called with the progress of a picture. */
export type ReportProgress = (progress: PrepareProgress) => void;

/** A decoded picture, upright. */
export interface DecodedPicture {
  pixels: ImageBitmap | Canvas;
  /** Set where the decoder knows that no pixel is transparent: finding it out takes time. */
  isOpaque?: boolean;
}

/** Decodes a picture and applies its orientation. */
export type DecodePicture = (blob: Blob) => Promise<DecodedPicture>;

/** Decodes a picture, makes it smaller and encodes it. */
export type Redraw = (
  blob: Blob,
  limits: PictureLimits,
  onProgress: ReportProgress,
  signal?: AbortSignal,
) => Promise<Picture>;

/** Decodes a picture that the browser knows, and encodes it within the limits. */
export const redraw: Redraw = (...args) => redrawBy(toBitmap, ...args);

/** Decodes a picture by `decodePicture`, and encodes it within the limits. */
export async function redrawBy(
  decodePicture: DecodePicture,
  ...[blob, limits, onProgress, signal]: Parameters<Redraw>
): Promise<Picture> {
  try {
    return await draw(decodePicture, blob, limits, onProgress, signal);
  } catch (error) {
    if (signal?.aborted || isDivarError(error)) throw error;
    const message = "this browser could not decode or encode the picture";
    throw prepareError("cannot_convert", message, error);
  }
}

/** Rejects a picture of this size, in pixels, if it is too large to decode. */
export function checkPixels(width = 0, height = 0): void {
  if (width * height <= MAX_PIXELS) return;
  throw prepareError("file_too_large", `the picture has ${width} × ${height} pixels`);
}

async function draw(
  decodePicture: DecodePicture,
  blob: Blob,
  limits: PictureLimits,
  onProgress: ReportProgress,
  signal: AbortSignal | undefined,
): Promise<Picture> {
  if (!canReadBack()) {
    const message = "this browser hides what is drawn, against fingerprinting";
    throw prepareError("cannot_convert", message);
  }
  onProgress({ phase: "decoding", done: 0 });
  const { pixels, isOpaque } = await decodePicture(blob);
  const canvas = toSmallCanvas(pixels, limits.longestEdge, signal);
  onProgress({ phase: "decoding", done: 1 });
  const mayBeTransparent = limits.mayBeTransparent && !isOpaque;
  const onEncoded = (done: number) => onProgress({ phase: "encoding", done });
  return toBytes(canvas, { ...limits, mayBeTransparent }, onEncoded, signal);
}

/** The picture on a canvas that is small enough. The picture's own pixels are released. */
function toSmallCanvas(
  pixels: ImageBitmap | Canvas,
  longestEdge: number,
  signal: AbortSignal | undefined,
): Canvas {
  let canvas: Canvas | undefined;
  try {
    throwIfAborted(signal);
    checkPixels(pixels.width, pixels.height);
    canvas = fit(pixels, longestEdge);
    return canvas;
  } finally {
    if ("close" in pixels) pixels.close();
    else if (pixels !== canvas) release(pixels);
  }
}

/** Decodes a picture that the browser knows. */
async function toBitmap(blob: Blob): Promise<DecodedPicture> {
  try {
    return { pixels: await createUprightBitmap(blob) };
  } catch (error) {
    // Decoders report a file that is gone like a file of an unknown format: the reading tells.
    const bytes = await readBytes(() => blob, undefined);
    // Firefox does not decode a Blob of several parts, but it decodes the same bytes in one.
    const copy = new Blob([bytes], { type: blob.type });
    const pixels = await createUprightBitmap(copy).catch(() => {
      throw error;
    });
    return { pixels };
  }
}

const createUprightBitmap = (blob: Blob): Promise<ImageBitmap> =>
  createImageBitmap(blob, { imageOrientation: "from-image" }).catch((error) => {
    // Older browsers do not know the value, and apply the orientation without it.
    if (error?.name === "TypeError") return createImageBitmap(blob);
    throw error;
  });

function fit(pixels: ImageBitmap | Canvas, longestEdge: number): Canvas {
  const ratio = Math.min(1, longestEdge / Math.max(pixels.width, pixels.height));
  if (ratio === 1 && !("close" in pixels)) return pixels;
  const scaled = (edge: number) => Math.max(1, Math.round(edge * ratio));
  return scale(pixels, scaled(pixels.width), scaled(pixels.height));
}

async function toBytes(
  canvas: Canvas,
  { maxBytes, mayBeTransparent }: PictureLimits,
  onProgress: (done: number) => void,
  signal: AbortSignal | undefined,
): Promise<Picture> {
  const context = contextOf(canvas);
  onProgress(0);
  if (mayBeTransparent && hasTransparency(canvas, context)) {
    const { width, height } = canvas;
    const blob = await encode(canvas, "image/png");
    throwIfAborted(signal);
    if (blob.size <= maxBytes) {
      release(canvas);
      onProgress(1);
      return { blob, width, height };
    }
  }
  fillBackground(canvas, context);
  const picture = await encodeJpeg(canvas, maxBytes, onProgress, signal);
  onProgress(1);
  return picture;
}

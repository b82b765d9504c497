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
import { encodeJpeg } from "./encode-jpeg.js";
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

/** A picture that was drawn again; its size is in pixels. */
export interface Picture {
  blob: Blob;
  width: number;
  height: number;
}

/** Called with the progress of a picture. */
export type ReportProgress = (progress: PrepareProgress) => void;

/** Decodes a picture and applies its orientation. */
export type DecodePicture = (blob: Blob) => Promise<ImageBitmap | Canvas>;

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
  const canvas = await decode(decodePicture, blob, limits.longestEdge, signal);
  onProgress({ phase: "decoding", done: 1 });
  return toBytes(canvas, limits, (done) => onProgress({ phase: "encoding", done }), signal);
}

/** The picture on a canvas, upright and small enough. */
async function decode(
  decodePicture: DecodePicture,
  blob: Blob,
  longestEdge: number,
  signal: AbortSignal | undefined,
): Promise<Canvas> {
  const picture = await decodePicture(blob);
  try {
    throwIfAborted(signal);
    checkPixels(picture.width, picture.height);
    return fit(picture, longestEdge);
  } finally {
    if ("close" in picture) picture.close();
    else release(picture);
  }
}

/** Decodes a picture that the browser knows. */
async function toBitmap(blob: Blob): Promise<ImageBitmap> {
  try {
    return await createUprightBitmap(blob);
  } catch (error) {
    // Decoders report a file that is gone like a file of an unknown format: the reading tells.
    const bytes = await readBytes(() => blob, undefined);
    // Firefox does not decode a Blob of several parts, but it decodes the same bytes in one.
    return createUprightBitmap(new Blob([bytes], { type: blob.type })).catch(() => {
      throw error;
    });
  }
}

const createUprightBitmap = (blob: Blob): Promise<ImageBitmap> =>
  createImageBitmap(blob, { imageOrientation: "from-image" }).catch((error) => {
    // Older browsers do not know the value, and apply the orientation without it.
    if (error?.name === "TypeError") return createImageBitmap(blob);
    throw error;
  });

function fit(bitmap: ImageBitmap | Canvas, longestEdge: number): Canvas {
  const ratio = Math.min(1, longestEdge / Math.max(bitmap.width, bitmap.height));
  const scaled = (edge: number) => Math.max(1, Math.round(edge * ratio));
  return scale(bitmap, scaled(bitmap.width), scaled(bitmap.height));
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

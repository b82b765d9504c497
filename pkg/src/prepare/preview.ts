// A small picture of a video, or of a picture that browsers do not show.
import { throwIfAborted, unlessAborted } from "../abort.js";
import { notify } from "../notify.js";
import {
  type Canvas,
  canReadBack,
  canRedraw,
  contextOf,
  createCanvas,
  encode,
  release,
  scale,
} from "./canvas.js";
import type { PrepareArguments } from "./options.js";
import { withTimeout } from "./read.js";
import { Semaphore } from "./semaphore.js";

/** The longest edge of a preview, in pixels: a phone's screen has three for each of CSS. */
const LONGEST_EDGE = 320;
const QUALITY = 0.7;
/** Which frame of a video is shown, in seconds: the first one is often black. */
const SHOWN_AT = 1;
/** The longest time for a video to show a frame, in milliseconds. */
const TIMEOUT = 10_000;

/** Browsers limit how many videos are open: one at a time, in the whole page. */
const videos = new Semaphore<never>(1);

/** Draws what is shown of a file. */
export type DrawPreview = (file: Blob, signal: AbortSignal | undefined) => Promise<Canvas>;

/**
 * Gives the caller a preview of the file. Work that need not wait for it does not.
 *
 * @returns whether there is one: not every browser plays or shows every file
 */
export async function showPreview(
  draw: DrawPreview,
  file: Blob,
  { onPreview, signal }: PrepareArguments,
): Promise<boolean> {
  if (!onPreview || !canRedraw()) return false;
  try {
    if (!canReadBack()) return false;
    const canvas = await draw(file, signal);
    const preview = await encode(canvas, "image/jpeg", QUALITY);
    release(canvas);
    throwIfAborted(signal);
    notify(onPreview, preview);
    return true;
  } catch {
    return false;
  }
}

/** Draws a picture that the browser decodes. */
export const drawPicture: DrawPreview = async (file) => {
  const bitmap = await createImageBitmap(file);
  try {
    return scaled(bitmap);
  } finally {
    bitmap.close();
  }
};

/** Draws a frame of a video. There is no element for it in a worker. */
export const drawVideo: DrawPreview = async (file, signal) => {
  const video = document.createElement("video");
  await videos.acquire(signal);
  const url = URL.createObjectURL(file);
  try {
    return await unlessAborted(signal, withTimeout(drawFrame(video, url), TIMEOUT));
  } finally {
    // Frees the decoder.
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
    videos.release();
  }
};

async function drawFrame(video: HTMLVideoElement, url: string): Promise<Canvas> {
  const loaded = eventOf(video, "loadeddata");
  Object.assign(video, { muted: true, playsInline: true, preload: "auto", src: url });
  await loaded;
  const sought = eventOf(video, "seeked");
  video.currentTime = Math.min(SHOWN_AT, video.duration / 3);
  await sought;
  const frame = createCanvas(video.videoWidth, video.videoHeight);
  contextOf(frame).drawImage(video, 0, 0);
  const canvas = scaled(frame);
  release(frame);
  return canvas;
}

/** Resolves with this event of a video, or rejects with its error. */
const eventOf = (video: HTMLVideoElement, type: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    video.addEventListener(type, resolve, { once: true });
    video.addEventListener("error", reject, { once: true });
  });

function scaled(source: ImageBitmap | Canvas): Canvas {
  const ratio = Math.min(1, LONGEST_EDGE / Math.max(source.width, source.height));
  const edge = (length: number) => Math.max(1, Math.round(length * ratio));
  return scale(source, edge(source.width), edge(source.height));
}

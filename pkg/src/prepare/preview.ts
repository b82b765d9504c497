// A small picture of a video, or of a picture that browsers do not show.
import { unlessAborted } from "../abort.js";
import {
  type Canvas,
  canReadBack,
  contextOf,
  createCanvas,
  encode,
  release,
  scale,
} from "./canvas.js";
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

/** What draws a preview. Only a caller that wants one loads it. */
export type LoadPreview = () => Promise<{ drawPreview: typeof drawPreview }>;

/**
 * Draws a preview.
 *
 * @throws where the browser does not show the file, or hides what is drawn
 */
export async function drawPreview(
  kind: "picture" | "video",
  file: Blob,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  if (!canReadBack()) throw new Error("the browser hides what is drawn");
  const canvas = await (kind === "video" ? drawVideo(file, signal) : drawPicture(file));
  const preview = await encode(canvas, "image/jpeg", QUALITY);
  release(canvas);
  return preview;
}

/** Draws a picture that the browser decodes. */
async function drawPicture(file: Blob): Promise<Canvas> {
  const bitmap = await createImageBitmap(file);
  try {
    return scaled(bitmap);
  } finally {
    bitmap.close();
  }
}

/** Draws a frame of a video. There is no element for it in a worker. */
async function drawVideo(file: Blob, signal: AbortSignal | undefined): Promise<Canvas> {
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
}

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

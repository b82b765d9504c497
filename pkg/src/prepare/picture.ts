import { throwIfAborted, unlessAborted } from "../abort.js";
import { isDivarError } from "../errors/divar-media-error.js";
import { notify } from "../notify.js";
import type { PrepareOptions } from "../types/prepare.js";
import { canRedraw } from "./canvas.js";
import type { Picture } from "./encode-jpeg.js";
import { prepareError } from "./errors.js";
import {
  checkPixels,
  type PictureLimits,
  type Redraw,
  type ReportProgress,
  redraw,
} from "./redraw.js";
import { Semaphore } from "./semaphore.js";
import { type PictureWorker, WorkerStarter } from "./worker-client.js";

/** The longest time for a worker to start, in milliseconds. */
const START_TIMEOUT = 5_000;

const workers = new WorkerStarter(
  // Bundlers recognise the worker's file in this form only.
  () => new Worker(new URL("./picture-worker.js", import.meta.url), { type: "module" }),
  START_TIMEOUT,
);

/** A decoded photo takes 50 MB or more: at most two are in memory at a time, in the whole page. */
const pictures = new Semaphore<PictureWorker>(2);

/** Loads what decodes HEIC in every browser. */
export type LoadHeic = () => Promise<{ redrawHeic: Redraw }>;

/** What `fitPicture` takes. */
export interface FitOptions extends PictureLimits {
  /** The picture's own size in pixels, if it is known: a picture that is too large is not decoded. */
  width?: number;
  height?: number;
  /** For a picture that is a HEIC: used if the browser does not decode it. */
  loadHeic: LoadHeic | undefined;
  onProgress: PrepareOptions["onProgress"];
  signal: AbortSignal | undefined;
}

/**
 * Makes a JPEG, or a PNG where it is allowed, of a picture in any format that the browser decodes. It
 * fits the limits, is upright and has no metadata.
 *
 * @throws `cannot_convert`, `file_too_large`, `file_unreadable`, or the signal's reason
 */
export async function fitPicture(blob: Blob, options: FitOptions): Promise<Picture> {
  const { width, height, longestEdge, maxBytes, mayBeTransparent, signal } = options;
  throwIfAborted(signal);
  checkPixels(width, height);
  if (!canRedraw()) throw prepareError("cannot_convert", "there are no canvases here");
  const worker = await pictures.acquire(signal);
  const onProgress: ReportProgress = (progress) => {
    if (!signal?.aborted) notify(options.onProgress, progress);
  };
  const limits = { longestEdge, maxBytes, mayBeTransparent };
  const redrawing: Redrawing = { blob, limits, onProgress, signal };
  return unlessAborted(signal, redrawAnywhere(worker, redrawing, options.loadHeic));
}

interface Redrawing {
  blob: Blob;
  limits: PictureLimits;
  onProgress: ReportProgress;
  signal: AbortSignal | undefined;
}

/** Draws in a worker if possible. The permit is released when the work has ended, aborted or not. */
async function redrawAnywhere(
  passedOn: PictureWorker | undefined,
  { blob, limits, onProgress, signal }: Redrawing,
  loadHeic: LoadHeic | undefined,
): Promise<Picture> {
  let worker = passedOn;
  try {
    worker ??= await workers.start(signal);
    return await (worker ?? { redraw }).redraw(blob, limits, onProgress, signal);
  } catch (error) {
    const isUndecoded = isDivarError(error) && error.code === "cannot_convert";
    if (!loadHeic || !isUndecoded || signal?.aborted) throw error;
    const { redrawHeic } = await loadHeic();
    return await redrawHeic(blob, limits, onProgress, signal);
  } finally {
    pictures.release(worker?.isTerminated ? undefined : worker);
  }
}

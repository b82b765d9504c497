// HEIC pictures that the browser does not decode. Only such a picture makes a page load this file.
import { prepareError } from "./errors.js";
import type { Redraw } from "./redraw.js";
import { Semaphore } from "./semaphore.js";
import { type PictureWorker, WorkerStarter } from "./worker-client.js";

/** How long the worker may take to start, in milliseconds: with the module it is a larger file. */
const START_TIMEOUT = 60_000;

const workers = new WorkerStarter(
  // Bundlers recognise the worker's file in this form only.
  () => new Worker(new URL("./heic-worker.js", import.meta.url), { type: "module" }),
  START_TIMEOUT,
);

/** A HEIC of 48 million pixels takes 700 MB while it is decoded: one at a time, in the whole page. */
const turns = new Semaphore<PictureWorker>(1);

/**
 * The same as `redraw` of redraw.ts, in a worker if possible. The worker ends with the last picture,
 * and gives its memory back.
 */
export const redrawHeic: Redraw = async (blob, limits, onProgress, signal) => {
  let worker = await turns.acquire(signal);
  try {
    worker ??= await workers.start(signal);
    const redrawer = worker ?? (await loadDecoder());
    // Only the decoder knows whether a HEIC is transparent.
    return await redrawer.redraw(blob, { ...limits, mayBeTransparent: true }, onProgress, signal);
  } finally {
    turns.release(worker?.isTerminated ? undefined : worker);
  }
};

async function loadDecoder(): Promise<{ redraw: Redraw }> {
  try {
    const { redrawHeic } = await import("./heic-decoder.js");
    return { redraw: redrawHeic };
  } catch (cause) {
    throw prepareError("cannot_convert", "the decoder for HEIC could not be loaded", cause);
  }
}

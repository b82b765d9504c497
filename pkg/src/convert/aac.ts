import { canEncodeAudio } from "mediabunny";
import { unlessAborted } from "../abort.js";
import { prepareError } from "../prepare/errors.js";

/** The longest time for a worker to start, in milliseconds. */
const START_TIMEOUT = 10_000;

/** Loads an AAC encoder where the browser has none, as Chromium on Linux and Firefox. */
export async function ensureAacEncoder(signal: AbortSignal | undefined): Promise<void> {
  if (await unlessAborted(signal, canEncodeAudio("aac"))) return;
  await unlessAborted(signal, checkBlobWorker());
  const loading = import("@mediabunny/aac-encoder").catch((cause) => {
    throw prepareError("cannot_convert", "the AAC encoder could not be loaded", cause);
  });
  const { registerAacEncoder } = await unlessAborted(signal, loading);
  registerAacEncoder();
}

/**
 * The encoder runs in a worker from a `blob:` URL, and waits without end where the page's policy
 * forbids that.
 */
async function checkBlobWorker(): Promise<void> {
  const url = URL.createObjectURL(new Blob(["postMessage(0)"], { type: "text/javascript" }));
  let worker: Worker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise((resolve, reject) => {
      worker = new Worker(url);
      worker.onmessage = resolve;
      worker.onerror = reject;
      timer = setTimeout(reject, START_TIMEOUT);
    });
  } catch (cause) {
    const message =
      "the AAC encoder needs a worker, which the page's policy has to allow: worker-src blob:";
    throw prepareError("cannot_convert", message, cause);
  } finally {
    clearTimeout(timer);
    worker?.terminate();
    URL.revokeObjectURL(url);
  }
}

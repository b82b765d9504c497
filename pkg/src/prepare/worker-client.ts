import { unlessAborted } from "../abort.js";
import type { DivarMediaError } from "../types/error.js";
import { canRedrawInWorkers } from "./canvas.js";
import type { Picture } from "./encode-jpeg.js";
import { prepareError } from "./errors.js";
import type { PictureLimits, ReportProgress } from "./redraw.js";
import type {
  PostedError,
  PostedPicture,
  RedrawRequest,
  WorkerMessage,
} from "./worker-messages.js";

/** Starts the workers of one file. */
export class WorkerStarter {
  #create: () => Worker;
  #timeout: number;
  /** Whether a worker has failed to start: no other one is tried. */
  #cannotStart = false;

  /** @param timeout the longest time to start, in milliseconds: the file may have to be downloaded */
  constructor(create: () => Worker, timeout: number) {
    this.#create = create;
    this.#timeout = timeout;
  }

  /**
   * Starts a worker that draws pictures. Gives nothing where there can be none: by the page's policy,
   * in an old browser, or because the page's bundler left the worker's file out.
   */
  async start(signal?: AbortSignal): Promise<PictureWorker | undefined> {
    if (this.#cannotStart || typeof Worker !== "function" || !canRedrawInWorkers()) {
      return undefined;
    }
    let worker: Worker | undefined;
    try {
      worker = this.#create();
      await unlessAborted(signal, ready(worker, this.#timeout));
      return new PictureWorker(worker);
    } catch (error) {
      worker?.terminate();
      if (signal?.aborted) throw error;
      this.#cannotStart = true;
      return undefined;
    }
  }
}

/** Resolves with the worker's first message. */
function ready(worker: Worker, timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, timeout);
    worker.onmessage = () => {
      clearTimeout(timer);
      resolve();
    };
    worker.onerror = () => {
      clearTimeout(timer);
      reject();
    };
  });
}

/** A worker that draws one picture at a time. */
export class PictureWorker {
  isTerminated = false;
  #worker: Worker;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** The same as `redraw` of redraw.ts. An abort terminates the worker. */
  async redraw(
    blob: Blob,
    limits: PictureLimits,
    onProgress: ReportProgress,
    signal?: AbortSignal,
  ): Promise<Picture> {
    const picture = this.#nextPicture(onProgress);
    this.#worker.postMessage({ blob, limits } satisfies RedrawRequest);
    try {
      return await unlessAborted(signal, picture);
    } catch (error) {
      if (signal?.aborted) this.terminate();
      throw error;
    }
  }

  terminate(): void {
    this.isTerminated = true;
    this.#worker.terminate();
  }

  #nextPicture(onProgress: ReportProgress): Promise<Picture> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
        if (data.kind === "progress") onProgress(data.progress);
        else if (data.kind === "picture") resolve(toPicture(data.picture));
        else if (data.kind === "error") reject(toError(data.error));
      };
      this.#worker.onerror = () => {
        this.terminate();
        reject(prepareError("cannot_convert", "the worker that draws pictures has failed"));
      };
    });
  }
}

const toPicture = ({ bytes, type, width, height }: PostedPicture): Picture => ({
  blob: new Blob([bytes], { type }),
  width,
  height,
});

const toError = ({ code, message, cause }: PostedError): DivarMediaError =>
  prepareError(code, message, cause && new DOMException(cause.message, cause.name));

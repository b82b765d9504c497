import { unlessAborted } from "./abort.js";
import { canRedrawInWorkers } from "./canvas.js";
import { refuse } from "./refusal.js";

/** How long a worker may take to start, in milliseconds: its file may have to be downloaded. */
const START = 5_000;

let fail = false;

/**
 * A worker that redraws pictures, or nothing where there can be none: by the page's policy, by an
 * old browser, or because whatever bundled the page left its file behind. That is asked once.
 *
 * @param {AbortSignal} [signal]
 * @returns {Promise<PictureWorker | undefined>}
 */
export async function startWorker(signal) {
  if (fail || typeof Worker !== "function" || !canRedrawInWorkers()) return undefined;
  let worker;
  try {
    // In this one form bundlers see that there is a file to bring along.
    worker = new Worker(new URL("./picture-worker.js", import.meta.url), { type: "module" });
    await unlessAborted(signal, started(worker));
    return new PictureWorker(worker);
  } catch (error) {
    worker?.terminate();
    if (signal?.aborted) throw error;
    fail = true;
    return undefined;
  }
}

function started(worker) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(reject, START);
    const then = (settle) => () => {
      clearTimeout(late);
      settle();
    };
    worker.onmessage = then(resolve);
    worker.onerror = then(reject);
  });
}

class PictureWorker {
  ended = false;
  #worker;

  constructor(worker) {
    this.#worker = worker;
  }

  /** As `redraw` of redraw.js; an abort ends the worker. */
  async redraw(blob, wanted, tell, signal) {
    const picture = this.#answer(tell);
    this.#worker.postMessage({ blob, wanted });
    try {
      return await unlessAborted(signal, picture);
    } catch (error) {
      if (signal?.aborted) this.end();
      throw error;
    }
  }

  end() {
    this.ended = true;
    this.#worker.terminate();
  }

  #answer(tell) {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data: { progress, picture, refusal } }) => {
        if (progress) tell(progress);
        else if (refusal) reject(asError(refusal));
        else resolve(asPicture(picture));
      };
      this.#worker.onerror = () => {
        this.end();
        reject(refuse("cannot_convert", "the worker that redraws pictures broke down"));
      };
    });
  }
}

const asPicture = ({ bytes, type, width, height }) => ({
  blob: new Blob([bytes], { type }),
  width,
  height,
});

const asError = ({ code, message, cause }) =>
  refuse(code, message, cause && new DOMException(...cause));

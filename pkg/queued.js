/** One file of a queue; described in the type definitions. */
export class QueuedMedia {
  state = "waiting";
  loaded = 0;
  #file;
  #queue;
  #abort;

  /** @param {{ changed(entry: QueuedMedia): void, forget(entry: QueuedMedia): void }} queue */
  constructor(file, queue) {
    this.#file = file;
    this.#queue = queue;
    this.name = file?.name ?? "";
    this.total = file?.size ?? 0;
  }

  cancel() {
    if (this.state !== "waiting" && this.state !== "sending") return;
    this.#become("cancelled", { error: new DOMException("cancelled", "AbortError") });
    this.#abort?.abort();
    this.#queue.changed(this);
  }

  retry() {
    if (this.state !== "failed" && this.state !== "cancelled") return;
    this.#become("waiting");
    this.#queue.changed(this);
  }

  remove() {
    this.#queue.forget(this);
    this.cancel();
  }

  /** Sends it, and is over when that has settled or the file was cancelled. */
  async run(send, tokens) {
    const abort = new AbortController();
    this.#abort = abort;
    this.#become("sending");
    const { signal } = abort;
    const call = async () => send(this.#file, this.#context(signal, tokens));
    const outcome = await Promise.race([
      call().then(
        (result) => ({ result }),
        (error) => ({ error }),
      ),
      // Whatever `send` does with its signal, a cancelled file leaves its place to the next.
      new Promise((resolve) => signal.addEventListener("abort", resolve)),
    ]);
    if (!signal.aborted) this.#finish(outcome);
  }

  #finish(outcome) {
    this.mediaToken = outcome.error?.mediaToken ?? this.mediaToken;
    if ("error" in outcome) {
      this.#become("failed", outcome);
      return;
    }
    this.loaded = this.total;
    this.#become("sent", outcome);
    // Nothing sends it again: its bytes need not stay in memory.
    this.#file = undefined;
  }

  #become(state, { result, error } = {}) {
    Object.assign(this, { state, result, error, stage: undefined, phase: undefined });
  }

  /** What `send` gets; what is told after a cancellation is not heard. */
  #context(signal, tokens) {
    const heard = (tell) => {
      if (signal.aborted) return;
      tell();
      this.#queue.changed(this);
    };
    return {
      signal,
      mediaToken: this.mediaToken,
      token: tokens && ((context) => tokens.take(context.signal)),
      onStage: (stage, mediaToken = this.mediaToken) =>
        heard(() => Object.assign(this, { stage, mediaToken })),
      onProgress: ({ loaded, phase }) =>
        heard(() => Object.assign(this, { loaded: Math.max(this.loaded, loaded), phase })),
    };
  }
}

import type { Stage } from "../types/error.js";
import type {
  MediaQueueContext,
  MediaQueueOptions,
  QueuedMedia,
  QueuedMediaState,
} from "../types/queue.js";
import type { UploadProgress } from "../types/upload.js";
import type { TokenPool } from "./token-pool.js";

/** What an entry reports to its queue. */
interface Queue<Result> {
  changed(entry: QueueEntry<Result>): void;
  retried(entry: QueueEntry<Result>): void;
  removed(entry: QueueEntry<Result>): void;
  /** Resolves when the message of an uploaded file may be sent. */
  turnOf(entry: QueueEntry<Result>): Promise<void>;
}

/** One file of a queue. */
export class QueueEntry<Result> implements QueuedMedia<Result> {
  readonly name: string;
  readonly total: number;
  state: QueuedMediaState = "waiting";
  stage: Stage | undefined;
  phase: UploadProgress["phase"] | undefined;
  loaded = 0;
  result: Result | undefined;
  error: unknown;
  mediaToken: string | undefined;
  #file: Blob | undefined;
  #queue: Queue<Result>;
  #controller: AbortController | undefined;

  constructor(file: Blob, queue: Queue<Result>) {
    this.#file = file;
    this.#queue = queue;
    const { name, size } = describe(file);
    this.name = name;
    this.total = size;
  }

  /** Whether it was sent, failed or was cancelled. */
  get isSettled(): boolean {
    return this.state !== "waiting" && this.state !== "sending";
  }

  cancel(): void {
    if (this.isSettled) return;
    this.#enter("cancelled");
    this.error = new DOMException("cancelled", "AbortError");
    this.#controller?.abort();
    this.#queue.changed(this);
  }

  retry(): void {
    if (this.state !== "failed" && this.state !== "cancelled") return;
    this.#enter("waiting");
    this.#queue.retried(this);
    this.#queue.changed(this);
  }

  remove(): void {
    this.#queue.removed(this);
    this.cancel();
  }

  outcome(): PromiseSettledResult<Result> {
    return this.state === "sent"
      ? { status: "fulfilled", value: this.result as Result }
      : { status: "rejected", reason: this.error };
  }

  /** Sends the file. Resolves when that has settled or the file is cancelled. */
  async run(send: MediaQueueOptions<Result>["send"], tokens: TokenPool | undefined): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    this.#enter("sending");
    const { signal } = controller;
    const call = async () => send(this.#file as Blob, this.#context(signal, tokens));
    const settled = call().then(
      (result) => () => this.#succeed(result),
      (error) => () => this.#fail(error),
    );
    // A cancelled file makes room for the next one, even if `send` ignores its signal.
    const cancelled = new Promise<undefined>((resolve) =>
      signal.addEventListener("abort", () => resolve(undefined)),
    );
    const finish = await Promise.race([settled, cancelled]);
    if (!signal.aborted) finish?.();
  }

  #succeed(result: Result): void {
    this.#enter("sent");
    this.loaded = this.total;
    this.result = result;
    // It cannot be sent again: its bytes need not stay in memory.
    this.#file = undefined;
  }

  #fail(error: unknown): void {
    this.#enter("failed");
    this.error = error;
    this.mediaToken = mediaTokenOf(error) ?? this.mediaToken;
  }

  #enter(state: QueuedMediaState): void {
    this.state = state;
    this.stage = undefined;
    this.phase = undefined;
    this.result = undefined;
    this.error = undefined;
  }

  #context(signal: AbortSignal, tokens: TokenPool | undefined): MediaQueueContext {
    // What `send` reports after a cancellation is ignored.
    const update = (change: () => void) => {
      if (signal.aborted) return;
      change();
      this.#queue.changed(this);
    };
    return {
      signal,
      ...(this.mediaToken !== undefined && { mediaToken: this.mediaToken }),
      ...(tokens && { token: (context) => tokens.take(context.signal) }),
      beforeMessage: (mediaToken) => {
        update(() => {
          this.mediaToken = mediaToken;
        });
        return this.#queue.turnOf(this);
      },
      onStage: (stage, mediaToken = this.mediaToken) =>
        update(() => {
          this.stage = stage;
          this.mediaToken = mediaToken;
        }),
      onProgress: ({ loaded, phase }) =>
        update(() => {
          this.loaded = Math.max(this.loaded, loaded);
          this.phase = phase;
        }),
    };
  }
}

/** A file that cannot be looked at is added, too: `send` rejects with the reason. */
function describe(file: Partial<File> | undefined): { name: string; size: number } {
  try {
    return { name: file?.name ?? "", size: file?.size ?? 0 };
  } catch {
    return { name: "", size: 0 };
  }
}

const mediaTokenOf = (error: unknown): string | undefined =>
  (error as { mediaToken?: string } | null | undefined)?.mediaToken;

import type { Stage } from "./error.js";
import type { TokenFunction } from "./token.js";
import type { UploadProgress } from "./upload.js";

/** How a queue sends its files. */
export interface MediaQueueOptions<Result> {
  /**
   * Sends one file, and may do more with it. Pass `context` on:
   * `(file, context) => sendMedia(file, { endpoint: "/divar", conversationId, ...context })`.
   */
  send: (file: Blob, context: MediaQueueContext) => Result | Promise<Result>;
  /**
   * Gets a fresh upload token for any file of the queue. One call runs at a time, and one token is
   * fetched ahead while files are waiting. What the function throws is thrown to every file that waits
   * for a token.
   * @defaultValue `send` gets the tokens itself
   */
  token?: TokenFunction;
  /** How many files are uploaded at the same time. @defaultValue 3 */
  concurrency?: number;
  /**
   * In which order the messages are sent. `"added"`: that of the files, although their uploads
   * overlap; an uploaded file waits for those before it, and gives its place to the next upload
   * meanwhile. A file that failed or was cancelled holds nobody, and is not held when it is tried
   * again. `"completed"`: each as soon as its file is uploaded. Needs a `send` that passes
   * `context.beforeMessage` on.
   * @defaultValue `"added"`
   */
  order?: "added" | "completed";
  /**
   * Called after each change of a file: of its state, its stage or its progress. What the function
   * throws or rejects with is ignored.
   */
  onChange?: (entry: QueuedMedia<Result>) => void;
}

/** What a queue passes to `send`: options of `sendMedia` and `uploadMedia`. */
export interface MediaQueueContext {
  /** Fires when the file is cancelled. */
  signal: AbortSignal;
  /** Gets a token from the queue, if the queue has a `token`. */
  token?: TokenFunction;
  /** The media token that an earlier try of this file got: `sendMedia` then sends the message only. */
  mediaToken?: string;
  /** Waits until the message may be sent (see `order`). */
  beforeMessage: (mediaToken: string) => Promise<void>;
  /** Records the progress of the file. */
  onProgress: (progress: UploadProgress) => void;
  /** Records the stage of the file. */
  onStage: (stage: Stage, mediaToken?: string) => void;
}

/** The state of a file in a queue. */
export type QueuedMediaState = "waiting" | "sending" | "sent" | "failed" | "cancelled";

/** One file of a queue. */
export interface QueuedMedia<Result = unknown> {
  /** The file's name; empty for a `Blob`. */
  readonly name: string;
  /** The state of the file. */
  readonly state: QueuedMediaState;
  /** The step that runs, while the file is being sent. */
  readonly stage: Stage | undefined;
  /** As in `UploadProgress`, while the file is being sent. */
  readonly phase: UploadProgress["phase"] | undefined;
  /** Bytes that have been sent; it never decreases. */
  readonly loaded: number;
  /** The size of the file, in bytes. */
  readonly total: number;
  /** What `send` resolved with. */
  readonly result: Result | undefined;
  /** What `send` threw, or an `AbortError` if the file was cancelled. */
  readonly error: unknown;
  /** The media token, once the file is uploaded: a further try sends the message only. */
  readonly mediaToken: string | undefined;
  /** Stops sending the file, or keeps it from being started. */
  cancel(): void;
  /**
   * Sends the file again if it failed or was cancelled; it is sent before the files that were not
   * started yet. If the error's `deliveryUnknown` was true, or the file was cancelled at the stage
   * `message`, its message may then show twice.
   */
  retry(): void;
  /** Cancels the file if it is not finished, and takes it out of the queue. */
  remove(): void;
}

import type { Stage, TokenFunction, UploadProgress } from "./dist/index.js";

/** How a queue sends its files. */
export interface MediaQueueOptions<Result> {
  /**
   * Sends one file, and may do more with it. Hand `context` on:
   * `(file, context) => sendMedia(file, { endpoint: "/divar", conversationId, ...context })`.
   */
  send: (file: Blob, context: MediaQueueContext) => Result | Promise<Result>;
  /**
   * Gets a fresh upload token. It is called for the whole queue: one call at a time, whoever waits,
   * and one token ahead of need while files are waiting; what it throws is thrown to all who wait.
   * @defaultValue each file gets its tokens as `send` has it
   */
  token?: TokenFunction;
  /** How many files are sent at once. @defaultValue 3 */
  concurrency?: number;
  /** Told of each change of a file: of its state, its step, its progress. */
  onChange?: (entry: QueuedMedia<Result>) => void;
}

/** What a queue hands to `send`, as options of `sendMedia` or `uploadMedia`. */
export interface MediaQueueContext {
  /** Fires when the file is cancelled. */
  signal: AbortSignal;
  /** The queue's own, where it has a `token`. */
  token?: TokenFunction;
  /** What an earlier try of this file has got: `sendMedia` then sends the message alone. */
  mediaToken?: string;
  onProgress: (progress: UploadProgress) => void;
  onStage: (stage: Stage, mediaToken?: string) => void;
}

/**
 * Sends many files, a few at a time, in the order in which they were added. One that fails does not
 * stop the others.
 * @throws {DivarMediaError} `invalid_argument`
 */
export class MediaQueue<Result = unknown> {
  constructor(options: MediaQueueOptions<Result>);
  /** All files that were added and not removed, in order. */
  readonly entries: readonly QueuedMedia<Result>[];
  /** Bytes that have gone, of all files but the cancelled. */
  readonly loaded: number;
  /** Bytes of all files but the cancelled. */
  readonly total: number;
  /** Adds a file, and begins with it once there is room. */
  add(file: Blob): QueuedMedia<Result>;
  /** What came of each file, in order, once none is waiting or being sent. */
  settled(): Promise<PromiseSettledResult<Result>[]>;
}

/** One file of a queue. */
export interface QueuedMedia<Result = unknown> {
  /** The file's name, or nothing for a `Blob`. */
  readonly name: string;
  readonly state: "waiting" | "sending" | "sent" | "failed" | "cancelled";
  /** The step that it is at while it is being sent. */
  readonly stage?: Stage;
  /** As in `UploadProgress`, while it is being sent. */
  readonly phase?: UploadProgress["phase"];
  /** Bytes that have gone; never fewer than before. */
  readonly loaded: number;
  /** The file's bytes. */
  readonly total: number;
  /** What `send` gave, once it was sent. */
  readonly result?: Result;
  /** What `send` threw if it failed, or an `AbortError` if it was cancelled. */
  readonly error?: unknown;
  /** The media token, if it got one: a further try sends the message alone. */
  readonly mediaToken?: string;
  /** Ends it at once, or keeps it from being begun. */
  cancel(): void;
  /**
   * Sends it again if it failed or was cancelled. Where the error's `deliveryUnknown` was true, or it
   * was cancelled at the stage `message`, its message may then show twice.
   */
  retry(): void;
  /** Takes it out of the queue, cancelled if it was not over. */
  remove(): void;
}

import type { ErrorCode } from "./error-code.js";

/** One of the three steps of sending a file. */
export type Stage = "token" | "upload" | "message";

/** A step, or `"prepare"` for the functions of `divar-chat-media/prepare`. */
export type CallStage = Stage | "prepare";

/** The one kind of error that this package throws or rejects with. `isDivarError` recognises it. */
export interface DivarMediaError extends Error {
  readonly name: "DivarMediaError";
  /** What went wrong. */
  readonly code: ErrorCode;
  /** The step that failed. */
  readonly stage: CallStage;
  /** The HTTP status of the answer. Absent if there was no answer. */
  readonly status?: number;
  /** The `code` of the google.rpc.Status that Divar answered with. */
  readonly divarCode?: number;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** How long the server asked to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number;
  /**
   * The `details` of the google.rpc.Status that Divar answered with, unchanged. Divar publishes no
   * schema for them; with HTTP 429 they say which limit was reached.
   */
  readonly details?: readonly unknown[];
  /**
   * Whether the message may have been delivered although the call failed. Sending it again may show
   * it twice.
   */
  readonly deliveryUnknown: boolean;
  /** The media token, if the upload had succeeded: send the message with it, do not upload again. */
  readonly mediaToken?: string;
  /** A sentence for the person who chose the file. `message` is for developers. */
  readonly userMessage: { readonly fa: string; readonly en: string };
  /** The exception of the platform that caused this error. */
  readonly cause?: unknown;
}

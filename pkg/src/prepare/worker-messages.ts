// What a page and its picture worker post to each other.
import type { PrepareProgress } from "../types/prepare.js";
import type { PrepareErrorCode } from "./errors.js";
import type { PictureLimits } from "./redraw.js";

/** A picture to draw again. */
export interface RedrawRequest {
  blob: Blob;
  limits: PictureLimits;
}

/** An error in words: in older browsers an exception cannot be posted. */
export interface PostedError {
  code: PrepareErrorCode;
  message: string;
  cause: { message: string; name: string } | undefined;
}

/** A picture as bytes: in some browsers a Blob ends with the worker that made it. */
export interface PostedPicture {
  bytes: ArrayBuffer;
  type: string;
  width: number;
  height: number;
}

/** What the worker posts. */
export type WorkerMessage =
  | { kind: "ready" }
  | { kind: "progress"; progress: PrepareProgress }
  | { kind: "picture"; picture: PostedPicture }
  | { kind: "error"; error: PostedError };

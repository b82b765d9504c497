import type { SentMessage } from "../types/message.js";
import type { ComposerFile } from "./attachment.js";

/** Files were added, removed or changed. */
export interface ComposerChange {
  readonly files: readonly ComposerFile[];
}

/** Files that are being sent together. */
export interface ComposerProgress {
  /** Bytes that have been sent. */
  readonly loaded: number;
  /** The sizes of all files, in bytes. */
  readonly total: number;
  readonly files: readonly ComposerFile[];
}

/** Files are about to be sent. */
export interface ComposerSend {
  readonly files: readonly ComposerFile[];
}

/** A message was delivered. */
export interface ComposerSent {
  readonly file: ComposerFile;
  readonly message: SentMessage;
}

/** A file could not be sent. */
export interface ComposerError {
  readonly file: ComposerFile;
  /** A `DivarMediaError`, or what `headers` threw. */
  readonly error: unknown;
}

/** The events of `<divar-media-composer>`. They bubble; `divar-send` can be cancelled. */
export interface ComposerEventMap {
  "divar-change": CustomEvent<ComposerChange>;
  "divar-progress": CustomEvent<ComposerProgress>;
  "divar-send": CustomEvent<ComposerSend>;
  "divar-sent": CustomEvent<ComposerSent>;
  "divar-error": CustomEvent<ComposerError>;
}

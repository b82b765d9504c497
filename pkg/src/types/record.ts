import type { ConvertMedia, ImportConvert } from "./convert.js";

/** The part of a `MediaStream` that `recordVoice` looks at; every `MediaStream` has it. */
export interface AudioStream {
  getAudioTracks(): readonly { readonly readyState: "live" | "ended" }[];
}

/** The options of `recordVoice`. */
export interface RecordOptions {
  /**
   * The `MediaStream` to record. It is left open.
   * @defaultValue the microphone, which the browser asks the person for
   */
  stream?: AudioStream;
  /** Called ten times a second. What the function throws or rejects with is ignored. */
  onTick?: (tick: RecordTick) => void;
  /** The largest size of the recording, in bytes. @defaultValue the limit of `voice` */
  maxBytes?: number;
  /**
   * Converts the recording where the browser records no M4A with AAC: `convertMedia` of
   * `divar-chat-media/convert`, or a function that imports that entry.
   * @defaultValue none: a browser that records no MP4 rejects with `cannot_record`
   */
  convert?: ConvertMedia | ImportConvert;
  /** Stops the recording without a file; `file` then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** The state of a recording. */
export interface RecordTick {
  /** The duration so far, in seconds. */
  seconds: number;
  /** How much longer the recording can become, in seconds; at 0 it stops by itself. */
  secondsLeft: number;
  /** The size so far, in bytes. */
  bytes: number;
  /** The current loudness, from 0 to 1, where the browser can measure it. */
  level?: number;
}

/** A voice note that is being recorded. */
export interface VoiceRecording {
  /**
   * The recording, an M4A, once it has stopped by itself or by `stop`. Rejects with
   * `recording_too_short` if it was stopped before anything playable was recorded.
   */
  readonly file: Promise<File>;
  /** Stops the recording and returns `file`. */
  stop(): Promise<File>;
  /** Stops the recording without a file; `file` then rejects with an `AbortError`. */
  cancel(): void;
}

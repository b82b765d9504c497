import type { MediaType } from "./dist/index.js";

export type { DivarMediaError, MediaType } from "./dist/index.js";
export { isDivarError } from "./dist/index.js";

/** What a file is. `zip` and `ole` are those that are no office documents. */
export type MediaFormat =
  | "png"
  | "jpeg"
  | "webp"
  | "gif"
  | "heic"
  | "avif"
  | "mp4"
  | "m4a"
  | "mov"
  | "3gp"
  | "webm"
  | "matroska"
  | "ogg"
  | "mp3"
  | "wav"
  | "pdf"
  | "docx"
  | "xlsx"
  | "pptx"
  | "doc"
  | "xls"
  | "ppt"
  | "zip"
  | "ole"
  | "unknown";

/** What a file tells of whom it comes from. */
export type PrivateMetadata =
  /** Where it was taken. */
  | "location"
  /** When it was taken. */
  | "time"
  /** With what it was taken or made. */
  | "device"
  /** An Exif block. */
  | "exif"
  /** An XMP packet. */
  | "xmp"
  /** An IPTC block, as Photoshop writes it. */
  | "iptc"
  /** A comment, a title, any text. */
  | "text"
  /** A smaller picture inside, which may show what was cut away. */
  | "thumbnail"
  /** What lies after the end. */
  | "trailing"
  /** Anything else that no decoder needs. */
  | "other";

/** What `inspectMedia` says of a file. What the file does not say, or not among what is read, is absent. */
export interface MediaInspection {
  /** What it is, by its content. */
  readonly format: MediaFormat;
  /** The media type that takes it as it is, but for its size. */
  readonly mediaType?: MediaType;
  /** Pixels from left to right as stored, before `orientation` is applied. */
  readonly width?: number;
  /** Pixels from top to bottom as stored. */
  readonly height?: number;
  /** How it is to be turned, from 1 (as it is) to 8, as Exif counts. */
  readonly orientation?: number;
  /** How long it plays, in seconds. */
  readonly duration?: number;
  /** Whether a pixel may be transparent. */
  readonly alpha: boolean;
  /** Whether a picture moves. */
  readonly animated: boolean;
  /** The tracks of a film or recording, the first 16 of them. */
  readonly tracks: readonly MediaTrack[];
  /** What it tells of whom it comes from, each once. */
  readonly private: readonly PrivateMetadata[];
  /** Whether the file ends before what it announces. */
  readonly truncated: boolean;
  /** What in it contradicts its own format. */
  readonly malformed?: string;
}

/** A track of a film or a recording. */
export interface MediaTrack {
  readonly kind: "video" | "audio" | "text" | "metadata" | "other";
  /** The codec as the container names it: `avc1`, `mp4a`, `V_VP9`, … */
  readonly codec: string;
}

/** How a file is to be prepared. */
export interface PrepareOptions {
  /**
   * The longest edge of a picture, in pixels. A picture with a longer one is made smaller.
   * @defaultValue 2048 where pictures can be drawn; elsewhere (Node, workerd, …) any
   */
  longestEdge?: number;
  /**
   * The largest size, in bytes, for an app that knows its limit to be another.
   * @defaultValue the media type's limit
   */
  maxBytes?: number;
  /**
   * Leaves in what the file tells of whom it comes from. A picture that has to be drawn anew loses it
   * all the same.
   * @defaultValue false
   */
  keepMetadata?: boolean;
  /** Told how far the drawing of a picture is. */
  onProgress?: (progress: PrepareProgress) => void;
  /** Told, once the file is ready, of each thing that was done to it; not called for one that went through as it was. */
  onChange?: (change: MediaChange) => void;
  /** Ends it at once; it then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** How far the drawing of a picture is. */
export interface PrepareProgress {
  /** At most two pictures are drawn at a time; nothing is told while others are. */
  phase: "decoding" | "encoding";
  /** How much of the phase is done, from 0 to 1. */
  done: number;
}

/** What was done to a file. */
export type MediaChange = {
  /** The size of the file that was given, in bytes. */
  bytesBefore: number;
  /** The size of the file that came out, in bytes. */
  bytes: number;
} & (
  | {
      /** What told of whom it comes from is out; no pixel was touched. */
      change: "metadata_removed";
      removed: PrivateMetadata[];
    }
  | {
      /** A film's index stands in front of its data: it plays while it loads. */
      change: "fast_start";
    }
  | {
      /** It is of the container that Divar takes: a MOV became an MP4. No codec was touched. */
      change: "repackaged";
    }
  | {
      /** The picture was decoded and encoded anew, smaller or as JPEG or PNG, and without metadata. */
      change: "redrawn";
      /** What it was. */
      format: MediaFormat;
      width: number;
      height: number;
    }
);

/** How a file is to be looked into. */
export interface InspectOptions {
  /** Ends it at once; it then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Says what a file really is, whatever its name says. At most 256 KiB of it are read, in small slices.
 * A damaged file is told of and is no error.
 *
 * @throws {DivarMediaError} at the stage `prepare`: `invalid_argument`, `file_empty`, `file_unreadable`
 */
export function inspectMedia(file: Blob, options?: InspectOptions): Promise<MediaInspection>;

/**
 * Makes of a file one that Divar takes, or says why not. Nothing is sent.
 *
 * - PNG and JPEG lose what tells where, when and with what they were taken; no pixel is touched, and the
 *   colour profile and the orientation stay.
 * - Pictures that are too large, and WebP, AVIF, GIF (its first frame) and HEIC where the browser decodes
 *   it, are drawn anew, in a worker where there is one.
 * - MP4, M4A, MOV and 3GP lose the same, get their index in front, and become MP4 or M4A (3GP stays for
 *   voice) where their codecs have a place there. No codec is touched.
 * - Documents go through as they are.
 *
 * @param type what it is to be sent as; what its content is where there is none
 * @returns a new file, of slices of the old one where it was not drawn
 * @throws {DivarMediaError} at the stage `prepare`: `invalid_argument`, `file_empty`, `file_damaged`,
 * `unsupported_format`, `file_too_large`, `cannot_convert`, `file_unreadable`
 */
export function prepareMedia(
  file: Blob,
  type?: MediaType | null,
  options?: PrepareOptions,
): Promise<File>;

/** How a voice note is to be recorded. */
export interface RecordOptions {
  /** What to record; it is left open. @defaultValue the microphone, which the person is asked for */
  stream?: MediaStream;
  /** Told ten times a second. */
  onTick?: (tick: RecordTick) => void;
  /** The largest size, in bytes. @defaultValue the limit of `voice` */
  maxBytes?: number;
  /** Ends it without a file; `file` then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** How far a recording is. */
export interface RecordTick {
  /** How long it is. */
  seconds: number;
  /** How much longer it can become; at 0 it ends by itself. */
  secondsLeft: number;
  /** Its size until now. */
  bytes: number;
  /** How loud it is right now, from 0 to 1, where the browser tells. */
  level?: number;
}

/** A voice note that is being recorded. */
export interface VoiceRecording {
  /** The recording, once it has ended by itself or by `stop`. */
  readonly file: Promise<File>;
  /** Ends it, and gives the recording: an M4A. */
  stop(): Promise<File>;
  /** Ends it without a file. */
  cancel(): void;
}

/**
 * Starts to record a voice note in a container that Divar takes, which Firefox does not have. It ends by
 * itself before it would be larger than a voice note may be.
 *
 * @throws {DivarMediaError} at the stage `prepare`: `cannot_record`, `invalid_argument`
 */
export function recordVoice(options?: RecordOptions): Promise<VoiceRecording>;

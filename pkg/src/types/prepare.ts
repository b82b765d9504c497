import type { ConvertMedia, ImportConvert } from "./convert.js";
import type { MediaFormat, PrivateMetadata } from "./inspect.js";

/** The options of `prepareMedia`. */
export interface PrepareOptions {
  /**
   * The longest edge of a picture, in pixels. A picture with a longer one is made smaller.
   * @defaultValue 2048 where pictures can be drawn; no limit elsewhere (Node, workerd, …)
   */
  longestEdge?: number;
  /**
   * The largest size of the result, in bytes, for an app that knows that its limit differs.
   * @defaultValue the media type's limit
   */
  maxBytes?: number;
  /**
   * Keeps the personal metadata. A picture that has to be drawn again loses it in any case.
   * @defaultValue `false`
   */
  keepMetadata?: boolean;
  /**
   * Whether a page decodes HEIC where the browser does not: it then loads a decoder of its own, once
   * such a picture is given. In some countries decoding HEVC may need a patent licence.
   * @defaultValue `true`
   */
  heic?: boolean;
  /**
   * Converts sound that Divar does not take, and videos that it does not take or that are too large:
   * `convertMedia` of `divar-chat-media/convert`, or a function that imports that entry.
   * @defaultValue none: such files are refused
   */
  convert?: ConvertMedia | ImportConvert;
  /**
   * Whether `convert` also gets videos with HEVC, which Divar takes and not every phone plays. A video that
   * cannot be converted here is sent as it is.
   * @defaultValue `false`
   */
  convertHevc?: boolean;
  /**
   * Called with the progress while a file is drawn or converted. What the function throws or rejects with is
   * ignored.
   */
  onProgress?: (progress: PrepareProgress) => void;
  /**
   * Called once the file is ready, for each change that was made to it; not called if nothing was
   * changed. What the function throws or rejects with is ignored.
   */
  onChange?: (change: MediaChange) => void;
  /**
   * Called at most once, in pages, with a preview of a video or a HEIC: a JPEG with a longest edge of 320
   * pixels. Nothing waits for it, so it may come after the call has settled. It is not called where the
   * browser cannot show the file, and for other kinds of files. What the function throws or rejects with is
   * ignored.
   */
  onPreview?: (preview: Blob) => void;
  /** Ends the call at once. The call then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** The progress of drawing a picture, or of converting sound or a video. */
export interface PrepareProgress {
  /**
   * At most two pictures are drawn at a time, and one file is converted; a file that waits for others
   * reports nothing.
   */
  phase: "decoding" | "encoding" | "converting";
  /** The completed part of the phase, from 0 to 1. */
  done: number;
}

/** A change that was made to a file. */
export type MediaChange = {
  /** The size of the given file, in bytes. */
  bytesBefore: number;
  /** The size of the new file, in bytes. */
  bytes: number;
} & (
  | {
      /** Personal metadata was removed; no pixel was changed. */
      change: "metadata_removed";
      removed: PrivateMetadata[];
    }
  | {
      /** The index of a video was moved before its data, so that it plays while it loads. */
      change: "fast_start";
    }
  | {
      /** The container was changed to one that Divar accepts, such as MOV to MP4. No codec was touched. */
      change: "repackaged";
    }
  | {
      /** The picture was decoded and encoded again, smaller or as JPEG or PNG, and without metadata. */
      change: "redrawn";
      /** The format of the given file. */
      format: MediaFormat;
      /** The width of the new picture, in pixels. */
      width: number;
      /** The height of the new picture, in pixels. */
      height: number;
    }
  | {
      /** The sound or video was converted to M4A or MP4, and has lost its metadata. */
      change: "converted";
      /** The format of the given file. */
      format: MediaFormat;
    }
);

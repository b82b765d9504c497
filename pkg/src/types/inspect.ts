import type { MediaType } from "./upload.js";

/** What a file is, by its content. `aac` is AAC in ADTS, without a container; `zip` and `ole` are files of these kinds that are no office documents. */
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
  | "flac"
  | "aac"
  | "amr"
  | "avi"
  | "mpegts"
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

/** A category of personal metadata in a file. */
export type PrivateMetadata =
  /** Where the file was recorded. */
  | "location"
  /** When the file was recorded. */
  | "time"
  /** The device or program that made the file. */
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
  /** Bytes behind the end of the file's content. */
  | "trailing"
  /** Anything else that no decoder needs. */
  | "other";

/** What `inspectMedia` finds in a file. A property that the file does not state is absent. */
export interface MediaInspection {
  /** The format of the content, whatever the name says. */
  readonly format: MediaFormat;
  /** The media type that accepts this format. The size is not taken into account. */
  readonly mediaType?: MediaType;
  /** The width in pixels as stored, before `orientation` is applied. */
  readonly width?: number;
  /** The height in pixels as stored, before `orientation` is applied. */
  readonly height?: number;
  /** The Exif orientation, from 1 (upright) to 8. */
  readonly orientation?: number;
  /** The duration, in seconds. */
  readonly duration?: number;
  /** Whether pixels may be transparent. */
  readonly alpha: boolean;
  /** Whether the picture is animated. */
  readonly animated: boolean;
  /** The first 16 tracks of a video or a recording. */
  readonly tracks: readonly MediaTrack[];
  /** The personal metadata in the file, each category once. */
  readonly private: readonly PrivateMetadata[];
  /** Whether the file ends too early. */
  readonly truncated: boolean;
  /** Where the file contradicts its own format. */
  readonly malformed?: string;
  /** Why Divar takes no such file although its format is one that Divar takes, such as a password. */
  readonly unsupported?: string;
}

/** A track of a video or a recording. */
export interface MediaTrack {
  /** What the track holds. */
  readonly kind: "video" | "audio" | "text" | "metadata" | "other";
  /** The codec as the container names it: `avc1`, `mp4a`, `V_VP9`, … */
  readonly codec: string;
}

/** The options of `inspectMedia`. */
export interface InspectOptions {
  /** Ends the call at once. The call then rejects with the signal's reason. */
  signal?: AbortSignal;
}

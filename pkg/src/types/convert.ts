/** What a file is converted to. */
export interface ConvertTarget {
  /** `voice` gives M4A with AAC, `video` gives MP4 with H.264 and, if there is sound, AAC. */
  mediaType: "video" | "voice";
  /** The largest size of the result, in bytes. */
  maxBytes: number;
  /** Called with the completed part, from 0 to 1. */
  onProgress?: (done: number) => void;
  /** Ends the conversion. It then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Converts sound or a video: `convertMedia` of `divar-chat-media/convert`, or a replacement. */
export type ConvertMedia = (file: Blob, target: ConvertTarget) => Promise<Blob>;

/** Imports `divar-chat-media/convert`. */
export type ImportConvert = () => Promise<{ convertMedia: ConvertMedia }>;

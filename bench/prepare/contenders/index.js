// Who sends the photographs. Each has a `name`, and `start(target)`, which returns what sends files: three
// at a time, and a message once a file is uploaded.
import * as browserImageCompression from "./browser-image-compression.js";
import * as divarChatMedia from "./divar-chat-media.js";
import * as uppyCompressor from "./uppy-compressor.js";
import * as uppyCompressorSameSize from "./uppy-compressor-same-size.js";
import * as wholeFiles from "./whole-files.js";

/** Ratios are to the first. */
export const contenders = [
  wholeFiles,
  divarChatMedia,
  uppyCompressor,
  uppyCompressorSameSize,
  browserImageCompression,
];

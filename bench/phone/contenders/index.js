// Who takes what a phone produces. Each has a `name`, `toJpeg(file)` and `start(target)`, which returns what
// sends files.
import * as divarChatMedia from "./divar-chat-media.js";
import * as heicTo from "./heic-to.js";

/** Ratios are to the first. */
export const contenders = [heicTo, divarChatMedia];

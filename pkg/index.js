import { common } from "./functions.js";
import { runtime } from "./runtime/server.js";

export { isDivarError } from "./error.js";
export { MediaQueue } from "./queue.js";
export const { getUploadToken, uploadMedia, buildMediaMessage, sendMedia } = common(runtime);

// workerd (Cloudflare Workers).
import { type MediaFunctions, mediaFunctions } from "./functions.js";
import { server } from "./wasm/server.workerd.js";

export { isDivarError } from "./errors/divar-media-error.js";
export { MediaQueue } from "./queue/media-queue.js";

const functions: MediaFunctions = mediaFunctions(server);
export const { getUploadToken, uploadMedia, buildMediaMessage, sendMedia } = functions;

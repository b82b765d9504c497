// The edge runtime of Next.js.
import { type MediaFunctions, mediaFunctions } from "./functions.js";
import { server } from "./wasm/server.edge-light.js";

export { isDivarError } from "./errors/divar-media-error.js";
export { MediaQueue } from "./queue/media-queue.js";

const functions: MediaFunctions = mediaFunctions(server);
export const { getUploadToken, uploadMedia, buildMediaMessage, sendMedia } = functions;

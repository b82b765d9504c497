// Pages and their workers.
import { type MediaFunctions, mediaFunctions } from "./functions.js";
import { validate } from "./validate.js";
import { page } from "./wasm/page.js";

export { isDivarError } from "./errors/divar-media-error.js";
export { MediaQueue } from "./queue/media-queue.js";

const functions: MediaFunctions = mediaFunctions(page, validate);
export const { getUploadToken, uploadMedia, buildMediaMessage, sendMedia } = functions;

// workerd (Cloudflare Workers).
import { type PrepareFunctions, prepareFunctions } from "./prepare/functions.js";
import { prepare } from "./wasm/prepare.workerd.js";

export { isDivarError } from "./errors/divar-media-error.js";
export { recordVoice } from "./prepare/voice.js";

const functions: PrepareFunctions = prepareFunctions(async () => prepare);
export const { inspectMedia, prepareMedia } = functions;

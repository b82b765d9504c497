import { functions } from "./prepare/functions.js";
import { runtime } from "./runtime/prepare.workerd.js";

export { isDivarError } from "./error.js";
export { recordVoice } from "./prepare/voice.js";
export const { inspectMedia, prepareMedia } = functions(runtime);

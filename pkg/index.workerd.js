import { common } from "./functions.js";
import { runtime } from "./runtime/workerd.js";

export { isDivarError } from "./error.js";
export const { getUploadToken, uploadMedia, buildMediaMessage } = common(runtime);

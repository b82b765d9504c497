import { secret } from "./functions.js";
import { runtime } from "./runtime/edge-light.js";

export const { getUploadToken, sendMediaMessage } = secret(runtime);

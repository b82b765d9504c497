import { secret } from "./functions.js";
import { runtime } from "./runtime/workerd.js";

export const { createMediaHandler, getUploadToken, sendMediaMessage } = secret(runtime);

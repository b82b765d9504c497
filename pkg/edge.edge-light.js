import { secret } from "./functions.js";
import { runtime } from "./runtime/edge-light.js";

export const { createMediaHandler, getUploadToken, sendMediaMessage } = secret(runtime);

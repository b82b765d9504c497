import { secret } from "./functions.js";
import { runtime } from "./runtime/server.js";

export const { createMediaHandler, getUploadToken, sendMediaMessage } = secret(runtime);

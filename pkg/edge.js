import { secret } from "./functions.js";
import { runtime } from "./runtime/server.js";

export const { getUploadToken, sendMediaMessage } = secret(runtime);

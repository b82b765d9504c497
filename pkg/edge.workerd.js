import { secret } from "./functions.js";
import { runtime } from "./runtime/workerd.js";

export const { getUploadToken, sendMediaMessage } = secret(runtime);

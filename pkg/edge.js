import { secret } from "./functions.js";
import { runtime } from "./runtime/inline.js";

export const { sendMediaMessage } = secret(runtime);

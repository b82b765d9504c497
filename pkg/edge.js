import { functions } from "./functions.js";
import { runtime } from "./runtime/inline.js";

export const { sendMediaMessage } = functions(runtime);

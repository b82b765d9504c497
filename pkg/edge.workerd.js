import { functions } from "./functions.js";
import { runtime } from "./runtime/workerd.js";

export const { sendMediaMessage } = functions(runtime);

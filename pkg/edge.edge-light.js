import { functions } from "./functions.js";
import { runtime } from "./runtime/edge-light.js";

export const { sendMediaMessage } = functions(runtime);

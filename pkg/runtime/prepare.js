// Everywhere else: the module travels inside the JavaScript.
import { makeGlue } from "../dist/prepare/divar_chat_media_bg.js";
import text from "../dist/prepare/wasm.js";
import { inline } from "./inline.js";

export const runtime = inline(makeGlue, text);

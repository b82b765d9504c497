// Node, Deno, Bun: the module travels inside the JavaScript, since no two of them
// agree on how to load a file beside it.
import { makeGlue } from "../dist/divar_chat_media_bg.js";
import text from "../dist/wasm.js";
import { inline } from "./inline.js";

export const runtime = inline(makeGlue, text);

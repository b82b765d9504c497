// Pages: the module without what takes a key, inside the JavaScript.
import { makeGlue } from "../dist/page/divar_chat_media_bg.js";
import text from "../dist/page/wasm.js";
import { inline } from "./inline.js";

export const runtime = inline(makeGlue, text);

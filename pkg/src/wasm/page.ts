// Pages: the module that cannot send the API key, embedded in the JavaScript.
import { createGlue } from "../../wasm/page/glue.js";
import text from "../../wasm/page/text.js";
import type { MediaExports } from "./exports.js";
import { WasmLoader } from "./loader.js";
import { embedded } from "./sources.js";

export const page: WasmLoader<MediaExports> = new WasmLoader(embedded(createGlue, text));

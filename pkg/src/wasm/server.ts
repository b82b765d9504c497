// Node, Deno and Bun: the module is embedded in the JavaScript, since no two of them agree on how to
// load a file beside it.
import { createGlue } from "../../wasm/server/glue.js";
import text from "../../wasm/server/text.js";
import type { ServerExports } from "./exports.js";
import { WasmLoader } from "./loader.js";
import { embedded } from "./sources.js";

export const server: WasmLoader<ServerExports> = new WasmLoader(embedded(createGlue, text));

// The edge runtime of Next.js: it forbids compiling at run time; `?module` makes its bundler compile
// the file.
import module from "../../wasm/server/divar_chat_media_bg.wasm?module";
import { createGlue } from "../../wasm/server/glue.js";
import type { ServerExports } from "./exports.js";
import { WasmLoader } from "./loader.js";
import { compiled } from "./sources.js";

export const server: WasmLoader<ServerExports> = new WasmLoader(compiled(createGlue, module));

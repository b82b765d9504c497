// The edge runtime of Next.js: it forbids compiling at run time; `?module` makes its bundler compile
// the file.
import module from "../../wasm/prepare/divar_chat_media_bg.wasm?module";
import { createGlue } from "../../wasm/prepare/glue.js";
import type { PrepareExports } from "../prepare/task.js";
import { WasmLoader } from "./loader.js";
import { compiled } from "./sources.js";

export const prepare: WasmLoader<PrepareExports> = new WasmLoader(compiled(createGlue, module));

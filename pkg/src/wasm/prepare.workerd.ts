// workerd (Cloudflare Workers): it forbids compiling at run time and compiles what is imported.
import module from "../../wasm/prepare/divar_chat_media_bg.wasm";
import { createGlue } from "../../wasm/prepare/glue.js";
import type { PrepareExports } from "../prepare/task.js";
import { WasmLoader } from "./loader.js";
import { compiled } from "./sources.js";

export const prepare: WasmLoader<PrepareExports> = new WasmLoader(compiled(createGlue, module));

// Pages, Node, Deno and Bun: the module for all files, embedded in the JavaScript.
import { createGlue } from "../../wasm/prepare/glue.js";
import text from "../../wasm/prepare/text.js";
import type { PrepareExports } from "../prepare/task.js";
import { WasmLoader } from "./loader.js";
import { embedded } from "./sources.js";

export const prepare: WasmLoader<PrepareExports> = new WasmLoader(embedded(createGlue, text));

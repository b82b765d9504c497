// Pages, Node, Deno and Bun: the module for pictures and documents, embedded in the JavaScript.
import { createGlue } from "../../wasm/prepare-pictures/glue.js";
import text from "../../wasm/prepare-pictures/text.js";
import type { PictureExports } from "../prepare/task.js";
import { WasmLoader } from "./loader.js";
import { embedded } from "./sources.js";

export const preparePictures: WasmLoader<PictureExports> = new WasmLoader(
  embedded(createGlue, text),
);

import { latin1Bytes } from "./latin1.js";
import type { WasmSource } from "./loader.js";

/** A module that is embedded in the JavaScript, one character per byte. */
export const embedded = (createGlue: WasmSource["createGlue"], text: string): WasmSource => ({
  createGlue,
  compile: () => WebAssembly.compile(latin1Bytes(text)),
  compileNow: () => new WebAssembly.Module(latin1Bytes(text)),
});

/** A module that the runtime compiled when it was imported. */
export const compiled = (
  createGlue: WasmSource["createGlue"],
  module: WebAssembly.Module,
): WasmSource => ({
  createGlue,
  compile: () => module,
  compileNow: () => module,
});

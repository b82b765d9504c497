// The files of `pkg/wasm` that the build writes, as TypeScript knows them.

declare module "*/glue.js" {
  /** The glue of one instance of the module: its state belongs to the instance's memory. */
  export function createGlue(coding: {
    TextDecoder: typeof TextDecoder;
    TextEncoder: typeof TextEncoder;
  }): unknown;
}

declare module "*/text.js" {
  /** The module, one character per byte. */
  const text: string;
  export default text;
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}

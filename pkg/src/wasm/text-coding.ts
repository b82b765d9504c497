/** What wasm-bindgen's glue needs of the platform to pass strings. */
export interface TextCoding {
  readonly TextDecoder: typeof TextDecoder;
  readonly TextEncoder: typeof TextEncoder;
}

/** Node's own where the globals are missing, as in Jest's jsdom environment. */
export function textCoding(): TextCoding {
  const { TextDecoder, TextEncoder, process } = globalThis as Partial<TextCoding> & {
    process?: { getBuiltinModule?(id: "node:util"): TextCoding };
  };
  if (TextDecoder && TextEncoder) return { TextDecoder, TextEncoder };
  const util = process?.getBuiltinModule?.("node:util");
  if (util) return util;
  throw new ReferenceError("TextDecoder or TextEncoder is not defined");
}

// The linear memory of the WebAssembly modules of this page. Import it before what starts a module.

const memories = [];
const { instantiate } = WebAssembly;

WebAssembly.instantiate = async (...values) => {
  const made = await instantiate(...values);
  // wasm-opt renames it, so it is found by its class.
  const exported = Object.values((made.instance ?? made).exports);
  memories.push(exported.find((value) => value instanceof WebAssembly.Memory));
  return made;
};

/** The bytes of all of them. */
export function linearMemory() {
  if (memories.length === 0) throw new Error("no WebAssembly has started");
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

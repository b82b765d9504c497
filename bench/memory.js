// Watches the linear memory of the WebAssembly that starts in this page. Import
// it before anything that starts some.

const memories = [];
const { instantiate } = WebAssembly;

WebAssembly.instantiate = async (...values) => {
  const made = await instantiate(...values);
  // By what it is: wasm-opt has given it another name.
  const exported = Object.values((made.instance ?? made).exports);
  memories.push(exported.find((value) => value instanceof WebAssembly.Memory));
  return made;
};

/** The bytes of all of them. */
export function linearMemory() {
  if (memories.length === 0) throw new Error("no WebAssembly has started");
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

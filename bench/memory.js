// Watches the linear memory of the WebAssembly that starts in this page. Import
// it before anything that starts some.

const memories = [];
const { instantiate } = WebAssembly;

WebAssembly.instantiate = async (...values) => {
  const made = await instantiate(...values);
  memories.push((made.instance ?? made).exports.memory);
  return made;
};

/** The bytes of all of them. */
export function linearMemory() {
  if (memories.length === 0) throw new Error("no WebAssembly has started");
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

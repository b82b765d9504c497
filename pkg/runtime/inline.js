// Pages, Node, Deno, Bun: the module travels inside the JavaScript, since no
// two of them agree on how to load a file beside it.
import text from "../dist/wasm.js";
import { connect } from "../loader.js";

const bytes = () => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

export const runtime = connect(
  () => WebAssembly.compile(bytes()),
  () => new WebAssembly.Module(bytes()),
);

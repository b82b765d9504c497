import { connect } from "../loader.js";

/** A module that travels inside the JavaScript, a letter for each byte. */
export function inline(makeGlue, text) {
  const bytes = () => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return connect(
    makeGlue,
    () => WebAssembly.compile(bytes()),
    () => new WebAssembly.Module(bytes()),
  );
}

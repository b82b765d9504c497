import { connect } from "../loader.js";
import { bytesOf } from "./bytes.js";

/** A module that travels inside the JavaScript. */
export const inline = (makeGlue, text) =>
  connect(
    makeGlue,
    () => WebAssembly.compile(bytesOf(text)),
    () => new WebAssembly.Module(bytesOf(text)),
  );

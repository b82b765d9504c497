// workerd forbids compiling at run time; it compiles what is imported.
import { makeGlue } from "../dist/prepare/divar_chat_media_bg.js";
import module from "../dist/prepare/divar_chat_media_bg.wasm";
import { connect } from "../loader.js";

const compiled = () => module;

export const runtime = connect(makeGlue, compiled, compiled);

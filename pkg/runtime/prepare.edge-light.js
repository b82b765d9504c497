// The edge runtime of Next.js forbids compiling at run time; `?module` makes
// its bundler compile the file.
import { makeGlue } from "../dist/prepare/divar_chat_media_bg.js";
import module from "../dist/prepare/divar_chat_media_bg.wasm?module";
import { connect } from "../loader.js";

const compiled = () => module;

export const runtime = connect(makeGlue, compiled, compiled);

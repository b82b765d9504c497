// The package as it would be with its module beside it, compiled while it comes in. It is asked for
// as early as can be: when the script is run.
import { makeGlue } from "../../pkg/dist/page/divar_chat_media_bg.js";
import { common } from "../../pkg/functions.js";
import { connect } from "../../pkg/loader.js";

const compiled = WebAssembly.compileStreaming(fetch("/module.wasm"));
const { getUploadToken, uploadMedia, buildMediaMessage } = common(
  connect(makeGlue, () => compiled),
);

export { buildMediaMessage, uploadMedia };

export const first = () => getUploadToken().catch(({ code }) => code === "invalid_argument");

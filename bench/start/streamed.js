// The package as it would be with its module beside it, compiled while it comes in. It is asked for
// as early as can be: when the script is run.
import { mediaFunctions } from "../../pkg/dist/functions.js";
import { WasmLoader } from "../../pkg/dist/wasm/loader.js";
import { createGlue } from "../../pkg/wasm/page/glue.js";

const compiled = WebAssembly.compileStreaming(fetch("/module.wasm"));
const { getUploadToken, uploadMedia, buildMediaMessage } = mediaFunctions(
  new WasmLoader({ createGlue, compile: () => compiled }),
);

export { buildMediaMessage, uploadMedia };

export const first = () => getUploadToken().catch(({ code }) => code === "invalid_argument");

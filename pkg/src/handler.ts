import { notify } from "./notify.js";
import type { DivarMediaError } from "./types/error.js";
import type { MediaHandler, MediaHandlerOptions } from "./types/handler.js";
import type { ServerExports, WasmMediaHandler } from "./wasm/exports.js";
import type { WasmLoader } from "./wasm/loader.js";

/** Makes the handler of an app's own media routes. */
export function createMediaHandler(
  wasm: WasmLoader<ServerExports>,
  options: MediaHandlerOptions,
): MediaHandler {
  let madeBy: ServerExports | undefined;
  let handler: WasmMediaHandler;
  // After a trap the module runs as a new instance, which needs a handler of its own.
  const handlerOf = (module: ServerExports) => {
    if (module !== madeBy) {
      handler = new module.MediaHandler(options);
      madeBy = module;
    }
    return handler;
  };
  wasm.callNow("token", handlerOf);
  return async (request) => {
    try {
      return await wasm.call("token", (module) => handlerOf(module).handle(request));
    } catch (error) {
      notify(options.onError, error, request);
      return internalServerError(error as DivarMediaError);
    }
  };
}

/** The answer if the module itself fails. A message may have been sent by then. */
function internalServerError({ code, stage, userMessage }: DivarMediaError): Response {
  const body = { code, stage, userMessage, retryable: false, deliveryUnknown: true };
  return Response.json(body, { status: 500, headers: { "Cache-Control": "no-store" } });
}

// The errors of a module that does not start or that traps.
import type { CallStage, DivarMediaError } from "../types/error.js";
import { divarError } from "./divar-media-error.js";
import { internal, wasmUnavailable as unavailableMessage } from "./user-messages.js";

/** The module could not be compiled or instantiated. */
export function wasmUnavailable(stage: CallStage, cause: unknown): DivarMediaError {
  const message = `WebAssembly does not start here: ${reasonOf(cause)}`;
  return divarError("wasm_unavailable", unavailableMessage, stage, message, { cause });
}

/** Engines refuse by policy with a CompileError (Chromium, Firefox) or an EvalError (WebKit). */
function reasonOf(cause: unknown): string {
  const { name, message = cause } = (cause ?? {}) as Partial<Error>;
  return name === "CompileError" || name === "EvalError"
    ? `${message}. A page's Content-Security-Policy needs script-src 'wasm-unsafe-eval'`
    : String(message);
}

/** The module has trapped. At the stage `message` the message may have been sent by then. */
export function internalError(stage: CallStage, cause: unknown): DivarMediaError {
  const deliveryUnknown = stage === "message";
  return divarError("internal", internal, stage, "a defect of divar-chat-media; please report it", {
    cause,
    retryable: !deliveryUnknown,
    deliveryUnknown,
  });
}

import { createMediaHandler } from "./handler.js";
import type { MediaHandler, MediaHandlerOptions } from "./types/handler.js";
import type { SendMessageOptions, SentMessage } from "./types/message.js";
import type { UploadTokenOptions } from "./types/token.js";
import type { ServerExports } from "./wasm/exports.js";
import type { WasmLoader } from "./wasm/loader.js";

/** The functions of the entry `edge`. They are documented in edge.ts. */
export interface EdgeFunctions {
  createMediaHandler: (options: MediaHandlerOptions) => MediaHandler;
  getUploadToken: (options: UploadTokenOptions) => Promise<string>;
  sendMediaMessage: (mediaToken: string, options: SendMessageOptions) => Promise<SentMessage>;
}

/** Binds the functions of the entry `edge` to one runtime's module. */
export const edgeFunctions = (wasm: WasmLoader<ServerExports>): EdgeFunctions => ({
  createMediaHandler: (options) => createMediaHandler(wasm, options),
  getUploadToken: (options) => wasm.call("token", (module) => module.getUploadToken(options)),
  sendMediaMessage: (mediaToken, options) =>
    wasm.call("message", (module) => module.sendMediaMessage(mediaToken, options)),
});

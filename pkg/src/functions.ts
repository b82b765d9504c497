import type { Validate } from "./prepare/validate.js";
import type { BuildMediaMessage, SentMessage } from "./types/message.js";
import type { SendMediaOptions } from "./types/send.js";
import type { UploadTokenOptions } from "./types/token.js";
import type { MediaType, UploadedMedia, UploadOptions } from "./types/upload.js";
import type { MediaExports } from "./wasm/exports.js";
import type { WasmLoader } from "./wasm/loader.js";

/** The functions of the main entry. They are documented in index.ts. */
export interface MediaFunctions {
  getUploadToken: (options: UploadTokenOptions) => Promise<string>;
  uploadMedia: (file: Blob, type: MediaType, options: UploadOptions) => Promise<UploadedMedia>;
  buildMediaMessage: BuildMediaMessage;
  sendMedia: (file: Blob, options: SendMediaOptions) => Promise<SentMessage>;
}

/**
 * Binds the functions of the main entry to one runtime's module.
 *
 * @param validate not for runtimes whose bundles would always contain the parsers
 */
export const mediaFunctions = (
  wasm: WasmLoader<MediaExports>,
  validate?: Validate,
): MediaFunctions => ({
  getUploadToken: (options) => wasm.call("token", (module) => module.getUploadToken(options)),
  uploadMedia: (file, type, options) =>
    wasm.call("upload", (module) => module.uploadMedia(file, type, options, validate)),
  buildMediaMessage: ((mediaToken: string, options?: unknown) =>
    wasm.callNow("message", (module) =>
      module.buildMediaMessage(mediaToken, options),
    )) as BuildMediaMessage,
  // If the module traps, the step that it had reached is unknown: the message may have been sent.
  sendMedia: (file, options) =>
    wasm.call("message", (module) => module.sendMedia(file, options, validate)),
});

// What the modules export, as wasm-bindgen's glue offers it.
import type { Validate } from "../prepare/validate.js";
import type { SentMessage } from "../types/message.js";
import type { UploadedMedia } from "../types/upload.js";

/** The module for pages. Its functions check their arguments themselves. */
export interface MediaExports {
  getUploadToken(options: unknown): Promise<string>;
  uploadMedia(
    file: unknown,
    type: unknown,
    options: unknown,
    validate: Validate | undefined,
  ): Promise<UploadedMedia>;
  sendMedia(file: unknown, options: unknown, validate: Validate | undefined): Promise<SentMessage>;
  buildMediaMessage(mediaToken: unknown, options: unknown): object;
}

/** The module for servers, which can send the API key. */
export interface ServerExports extends MediaExports {
  sendMediaMessage(mediaToken: unknown, options: unknown): Promise<SentMessage>;
  readonly MediaHandler: new (options: unknown) => WasmMediaHandler;
}

/** The options of `createMediaHandler`, checked. */
export interface WasmMediaHandler {
  handle(request: unknown): Promise<Response>;
}

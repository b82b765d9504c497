// Node, Deno, Bun and other servers. Its declarations serve every runtime.
import { mediaFunctions } from "./functions.js";
import type { BuildMediaMessage, SentMessage } from "./types/message.js";
import type { SendMediaOptions } from "./types/send.js";
import type { UploadTokenOptions } from "./types/token.js";
import type { MediaType, UploadedMedia, UploadOptions } from "./types/upload.js";
import { validate } from "./validate.js";
import { server } from "./wasm/server.js";

export { isDivarError } from "./errors/divar-media-error.js";
export { MediaQueue } from "./queue/media-queue.js";
export type * from "./types/address.js";
export type * from "./types/api-key.js";
export type * from "./types/button.js";
export type * from "./types/error.js";
export type * from "./types/error-code.js";
export type * from "./types/icons.js";
export type * from "./types/message.js";
export type * from "./types/queue.js";
export type * from "./types/send.js";
export type * from "./types/token.js";
export type * from "./types/upload.js";
export type * from "./types/wait.js";

const functions = mediaFunctions(server, validate);

/**
 * Gets an upload token: in a page from the app's own server (`endpoint`), on a server from Divar
 * (`apiKey`).
 *
 * The token is opaque. Divar does not promise how long it lives or whether it serves twice, so get
 * one for each upload.
 *
 * @throws {DivarMediaError} at the stage `token`: `invalid_argument` and `key_in_page` before anything
 * is sent; `network`, `unauthorized`, `forbidden`, `rate_limited`, … after the answer
 */
export const getUploadToken: (options: UploadTokenOptions) => Promise<string> =
  functions.getUploadToken;

/**
 * Uploads a file and gives its media token, for a message to carry. The file is not read into memory.
 *
 * The file is checked before a byte is sent: its size, its format by the content and not by the name,
 * and whether it is complete.
 *
 * @throws {DivarMediaError} at the stage `upload`: `invalid_argument`, `file_empty`, `file_too_large`,
 * `unsupported_format`, `file_damaged` and `file_unreadable` before anything is sent; `network`,
 * `unauthorized`, `html_answer`, `not_ok`, … after the answer
 */
export const uploadMedia: (
  file: Blob,
  type: MediaType,
  options: UploadOptions,
) => Promise<UploadedMedia> = functions.uploadMedia;

/**
 * Builds the message that carries a media token. Nothing is sent.
 *
 * Without options the message is `{ media_token }` and nothing else. With a `target` it is the whole
 * body of that target's route. `mediaToken` is the `id` that `uploadMedia` gave.
 *
 * @throws {DivarMediaError} `invalid_argument`, with the media token: no token, an unknown target, a
 * grid of more than 3 rows or more than 3 buttons a row, a button without exactly one action, an
 * `open_direct_link` that is no URL, or `data` that is no object
 */
export const buildMediaMessage: BuildMediaMessage = functions.buildMediaMessage;

/**
 * Sends a file into a chat: all three steps, through the app's own routes.
 *
 * The message is sent once. If it fails, the error has the media token: pass it as `mediaToken` to
 * send the message without uploading again.
 *
 * @throws {DivarMediaError} at the stage `token`, `upload` or `message`, as the functions of these
 * steps do
 */
export const sendMedia: (file: Blob, options: SendMediaOptions) => Promise<SentMessage> =
  functions.sendMedia;

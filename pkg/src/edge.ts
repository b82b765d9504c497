// Node, Deno, Bun and other servers. Its declarations serve every runtime.
import { edgeFunctions } from "./edge-functions.js";
import type { MediaHandler, MediaHandlerOptions } from "./types/handler.js";
import type { SendMessageOptions, SentMessage } from "./types/message.js";
import type { UploadTokenOptions } from "./types/token.js";
import { server } from "./wasm/server.js";

export type * from "./types/address.js";
export type * from "./types/api-key.js";
export type * from "./types/button.js";
export type * from "./types/error.js";
export type * from "./types/error-code.js";
export type * from "./types/handler.js";
export type * from "./types/icons.js";
export type * from "./types/message.js";
export type * from "./types/token.js";
export type { MediaType } from "./types/upload.js";
export type * from "./types/wait.js";

const functions = edgeFunctions(server);

/**
 * Makes the handler of an app's own media routes below any path: `POST …/token`, `POST …/messages`
 * and, with `relay`, `POST …/upload/{type}`.
 *
 * @returns a function that answers a `Request` with a `Response` and never rejects
 * @throws {DivarMediaError} `invalid_argument`: `apiKey` or `authorize` is missing, or an option is
 * wrong
 */
export const createMediaHandler: (options: MediaHandlerOptions) => MediaHandler =
  functions.createMediaHandler;

/**
 * Gets an upload token from Divar for the app's key.
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
 * Sends a message that carries a media token. It is sent once, and never tried again.
 *
 * @throws {DivarMediaError} at the stage `message`, with the media token: `invalid_argument` before
 * anything is sent; `recipient_restricted`, `rate_limited`, `not_found`, … after the answer. If
 * `deliveryUnknown` is true, the answer was lost: send again only if twice is better than never
 */
export const sendMediaMessage: (
  mediaToken: string,
  options: SendMessageOptions,
) => Promise<SentMessage> = functions.sendMediaMessage;

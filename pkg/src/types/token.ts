import type { EndpointOptions } from "./address.js";
import type { KeyOptions } from "./api-key.js";
import type { RetryOptions, WaitOptions } from "./wait.js";

/** Where an upload token comes from: the app's own server, or Divar itself. */
export type UploadTokenOptions = EndpointTokenOptions | ApiKeyTokenOptions;

/**
 * In a page: the app's own server holds the key and gets the token. The request is
 * `POST {endpoint}/token` with the body `{}`; the answer is `{"token": "…"}`.
 */
export interface EndpointTokenOptions extends EndpointOptions, WaitOptions, RetryOptions {}

/** On a server: Divar gives a token for the app's key. */
export interface ApiKeyTokenOptions extends KeyOptions, WaitOptions, RetryOptions {}

/**
 * Gets a fresh upload token. `signal` fires when the token is no longer needed.
 */
export type TokenFunction = (context: { signal: AbortSignal }) => string | Promise<string>;

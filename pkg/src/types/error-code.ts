// Generated from src/error/code.rs by `cargo test`; do not edit.

/** What went wrong; stable. */
export type ErrorCode =
  /** An argument or option is missing or of the wrong kind. Nothing was sent. */
  | "invalid_argument"
  /** A page or a browser's worker was about to send the API key. Nothing was sent. */
  | "key_in_page"
  /** The file is of no format that the media type takes, or the server answered HTTP 415. */
  | "unsupported_format"
  /** The file has no bytes. */
  | "file_empty"
  /** The file is larger than the media type allows, or the server answered HTTP 413. */
  | "file_too_large"
  /** The file is cut off or contradicts its own format. */
  | "file_damaged"
  /** The file could not be read: it was moved, changed or deleted after it was chosen. */
  | "file_unreadable"
  /** No answer: the host is down, the connection broke, or CORS refused the request. */
  | "network"
  /** HTTP 401: the API key or token is wrong, used up or expired. */
  | "unauthorized"
  /** HTTP 403: the API key or user lacks the permission. */
  | "forbidden"
  /** HTTP 404: no such conversation, user or route. */
  | "not_found"
  /** HTTP 412 with Divar's code 9: the message was refused for one of the two users. */
  | "recipient_restricted"
  /** HTTP 429: the limit per minute or the daily quota is reached. */
  | "rate_limited"
  /** No byte of the body moved for `stallTimeout`. */
  | "stalled"
  /** The answer did not arrive within `answerTimeout` after the request was sent. */
  | "answer_timeout"
  /** The whole call took longer than `timeout`. */
  | "timeout"
  /** Any other HTTP status below 500, redirects included. */
  | "rejected"
  /** HTTP 5xx. */
  | "server_error"
  /** An HTML page with HTTP 2xx or 5xx, as a CDN sends. */
  | "html_answer"
  /** HTTP 2xx without a body to a token request or an upload; a message is delivered then. */
  | "empty_answer"
  /** HTTP 2xx with a body that is not JSON. */
  | "malformed_answer"
  /** HTTP 2xx with JSON that lacks a required field. */
  | "missing_field"
  /** An upload whose `status` is not `ok`. */
  | "not_ok"
  /** The file would have to be decoded, and this runtime cannot do that. */
  | "cannot_convert"
  /** This browser records no container that Divar takes, or the microphone was refused. */
  | "cannot_record"
  /** The recording was stopped before it held anything that can be played. */
  | "recording_too_short"
  /** WebAssembly does not start: the page's policy lacks `'wasm-unsafe-eval'`, or the runtime is too old. */
  | "wasm_unavailable"
  /** A defect of this package. The call is over; the next one starts a new instance of the module. */
  | "internal";

// Generated from src/error/code.rs by `cargo test`; do not edit.

/** What went wrong; stable. */
export type ErrorCode =
  /** An argument or option is missing or of the wrong kind. Nothing was sent. */
  | "invalid_argument"
  /** A page was about to send the API key. Nothing was sent. */
  | "key_in_page"
  /** The file is not of a format that the media type takes. */
  | "unsupported_format"
  /** The file has no bytes. */
  | "file_empty"
  /** The file is larger than the media type allows. */
  | "file_too_large"
  /** The file is cut off, or contradicts its own format. */
  | "file_damaged"
  /** The file could not be read: it was moved, changed or deleted meanwhile. */
  | "file_unreadable"
  /** There was no answer: the host is down, the connection broke, or CORS refused. */
  | "network"
  /** HTTP 401: the key or token is wrong, spent or expired. */
  | "unauthorized"
  /** HTTP 403: the key lacks the permission. In a handler's `onError`: a refused origin, too. */
  | "forbidden"
  /** HTTP 404: no such conversation, user or route. */
  | "not_found"
  /** HTTP 412 with Divar's code 9: the message was refused for one of the two users. */
  | "recipient_restricted"
  /** HTTP 429: the minute limit or the daily quota. */
  | "rate_limited"
  /** No byte moved for `stallTimeout`, before the last one had gone. */
  | "stalled"
  /** The answer did not come within its limit after the last byte. */
  | "answer_timeout"
  /** The call as a whole took longer than its `timeout`. */
  | "timeout"
  /** Any other HTTP status below 500, a redirect included. */
  | "rejected"
  /** HTTP 5xx. */
  | "server_error"
  /** HTTP 2xx or 5xx with an HTML page as its body, as a CDN in front of Divar sends. */
  | "html_answer"
  /** A success without a body. */
  | "empty_answer"
  /** A success whose body is not JSON. */
  | "malformed_answer"
  /** JSON without a field that the route promises. */
  | "missing_field"
  /** An upload whose `status` is not `ok`. */
  | "not_ok"
  /** The picture would have to be decoded, and this runtime cannot. */
  | "cannot_convert"
  /** This browser records no format that Divar takes, or the microphone was refused. */
  | "cannot_record"
  /** The recording was stopped before anything playable was recorded. */
  | "recording_too_short"
  /** WebAssembly does not start here; `cause` and `message` say why. */
  | "wasm_unavailable"
  /** A defect of this package. The call is over; the next one starts afresh. */
  | "internal";

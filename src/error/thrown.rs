//! How a failure reaches JavaScript.

use wasm_bindgen::prelude::*;

use super::{Error, Failure};

#[wasm_bindgen(module = "/pkg/error.js")]
extern "C" {
    fn thrown(
        message: &str,
        cause: &JsValue,
        code: &str,
        stage: &str,
        retryable: bool,
        delivery_unknown: bool,
        status: Option<u16>,
        divar_code: Option<i32>,
        retry_after_ms: Option<f64>,
        media_token: Option<&str>,
    ) -> JsValue;
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** One of the three steps. */
export type Stage = "token" | "upload" | "message";

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
  /** There was no answer: the host is dead, the connection broke, or CORS refused. */
  | "network"
  /** HTTP 401: the key or token is wrong, spent or expired. */
  | "unauthorized"
  /** HTTP 403: the key lacks the permission. */
  | "forbidden"
  /** HTTP 404: no such conversation, user or route. */
  | "not_found"
  /** HTTP 412 with Divar's code 9: the recipient has blocked the sender. */
  | "recipient_restricted"
  /** HTTP 429: the minute limit or the daily quota. */
  | "rate_limited"
  /** No byte moved for the stall limit, before the last one had gone. */
  | "stalled"
  /** The answer did not come within its limit after the last byte. */
  | "answer_timeout"
  /** The call as a whole took longer than its `timeout`. */
  | "timeout"
  /** Any other HTTP status below 500, a redirect included. */
  | "rejected"
  /** HTTP 5xx. */
  | "server_error"
  /** A page in place of an answer, as the CDN in front of Divar sends, whatever its status. */
  | "html_answer"
  /** A success without a body. */
  | "empty_answer"
  /** A success whose body is not JSON. */
  | "malformed_answer"
  /** JSON without the field that was promised. */
  | "missing_field"
  /** An upload whose `status` is not `ok`. */
  | "not_ok"
  /** The picture would have to be decoded, and this runtime cannot. */
  | "cannot_convert"
  /** No container that Divar takes can be recorded here, or the microphone was refused. */
  | "cannot_record"
  /** WebAssembly does not start here: the page's policy lacks `'wasm-unsafe-eval'`, or it is too old. */
  | "wasm_unavailable"
  /** A defect of this package. The call is over; the next one starts afresh. */
  | "internal";

/** The one kind of failure. `isDivarError` tells it from others. */
export interface DivarMediaError extends Error {
  readonly name: "DivarMediaError";
  /** What went wrong. */
  readonly code: ErrorCode;
  /** Where it went wrong: at one of the steps, or in `divar-chat-media/prepare` before them. */
  readonly stage: Stage | "prepare";
  /** The answer's HTTP status, if there was one. */
  readonly status?: number;
  /** The `code` of Divar's google.rpc.Status, if there was one. */
  readonly divarCode?: number;
  /** Whether the same call may do better later. */
  readonly retryable: boolean;
  /** How long the server asked to wait before the next try, in milliseconds, if it did. */
  readonly retryAfterMs?: number;
  /** Whether a message may have been delivered all the same; sending it again may show it twice. */
  readonly deliveryUnknown: boolean;
  /** The media token, if one had been given by then: go on with it, and do not upload again. */
  readonly mediaToken?: string;
  /** A sentence for the person who chose the file; `message` is for the developer. */
  readonly userMessage: { readonly fa: string; readonly en: string };
  /** The platform's own exception, if there was one. */
  readonly cause?: unknown;
}

/** Whether a caught value is this package's error, from whatever realm or copy of the package. */
export function isDivarError(error: unknown): error is DivarMediaError;
"#;

impl From<Error> for JsValue {
    #[inline(never)]
    fn from(Error(error): Error) -> Self {
        thrown(
            &error.detail,
            &error.cause,
            error.code.name(),
            error.stage.name(),
            error.retryable,
            error.delivery_unknown.unwrap_or(false),
            error.status,
            error.divar_code,
            error.retry_after,
            error.media_token.as_deref(),
        )
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Error(error) => error.into(),
            Failure::Theirs(value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::error::Code;

    /// The type definitions above, which the compiler takes out of the program.
    const SOURCE: &str = include_str!("thrown.rs");

    #[test]
    fn every_code_stands_in_the_type_definitions() {
        for code in Code::ALL {
            let member = ["| \"", code.name(), "\""].concat();
            assert!(SOURCE.contains(&member), "{member}");
        }
    }
}

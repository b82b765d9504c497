//! How a failure looks in TypeScript.

use wasm_bindgen::prelude::*;

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

#[cfg(test)]
mod tests {
    use crate::error::Code;

    /// The type definitions above, which the compiler takes out of the program.
    const SOURCE: &str = include_str!("types.rs");
    /// Where the codes get their names.
    const NAMES: &str = include_str!("../../pkg/error.js");

    #[test]
    fn every_code_has_its_own_name_in_its_place_and_in_the_type_definitions() {
        let (_, names) = NAMES.split_once("const CODES =\n  \"").expect("the names");
        let (names, _) = names.split_once('"').expect("the last name");
        let names: Vec<&str> = names.split(' ').collect();
        assert_eq!(names.len(), Code::ALL.len());
        for (name, code) in names.into_iter().zip(Code::ALL) {
            assert_eq!(name.replace('_', ""), format!("{code:?}").to_lowercase());
            assert!(SOURCE.contains(&["| \"", name, "\""].concat()), "{name}");
            assert_eq!(Code::from_number(f64::from(code as u32)), Some(code));
        }
    }

    #[test]
    fn the_codes_that_come_about_in_javascript_have_the_same_numbers() {
        for code in [
            Code::InvalidArgument,
            Code::FileUnreadable,
            Code::Network,
            Code::Stalled,
            Code::AnswerTimeout,
            Code::Timeout,
        ] {
            let (_, number) = NAMES
                .split("export const ")
                .filter_map(|line| line.split_once(" = "))
                .find(|(name, _)| {
                    name.replace('_', "").to_lowercase() == format!("{code:?}").to_lowercase()
                })
                .expect("a constant");
            assert!(number.starts_with(&format!("{};", code as u32)), "{code:?}");
        }
    }
}

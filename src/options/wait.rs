//! The options that say how long a call may wait and how often it tries.

use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::Options;
use crate::error::Error;
use crate::net::call::Call;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** How long a call may wait. */
export interface WaitOptions {
  /**
   * The longest wait for an answer after the last byte has gone, in milliseconds; the call then
   * rejects with `answer_timeout`.
   * @defaultValue 30,000, and for an upload 60,000
   */
  answerTimeout?: number;
  /**
   * The longest that the whole call may take, its retries included, in milliseconds; it then
   * rejects with `timeout`.
   * @defaultValue no limit
   */
  timeout?: number;
  /**
   * What to do while the platform says that it is offline (`navigator.onLine`): `"try"` all the
   * same, since a server on the same machine may answer, or `"wait"` until it is online again, which
   * uses up no retry. `signal` and `timeout` end that wait too.
   * @defaultValue `"try"`
   */
  whenOffline?: "try" | "wait";
  /** Ends the call at any moment; it then rejects with the signal's own reason. */
  signal?: AbortSignal;
  /**
   * What stands for the platform's own `fetch`: a service binding's, or a test's.
   * @defaultValue the global `fetch`, and for an upload in a page `XMLHttpRequest`
   */
  fetch?: typeof globalThis.fetch;
}

/** How often a call that changes nothing when it is repeated is tried again. */
export interface RetryOptions {
  /**
   * How often to try again after no answer, a deadline, or HTTP 408, 425, 429, 500, 502, 503 and
   * 504: after a random part of 0.5 s, 1 s, 2 s, … at most 20 s, or as long as `Retry-After` says,
   * unless that is more than a minute. All calls together have 20 retries, and each success gives
   * half a one back, so that a dead server is not hammered.
   * @defaultValue 3
   */
  retries?: number;
}
"#;

/// The longest that a timer can run in a browser; a larger number would fire at
/// once.
const LONGEST: f64 = 2_147_483_647.0;

/// The stall limit where none is given, in milliseconds.
const STALL: f64 = 30_000.0;

/// The limit of an answer where none is given, in milliseconds; an upload's is
/// longer.
pub const ANSWER: f64 = 30_000.0;

/// How often a call is tried again where nothing is said of it.
const RETRIES: f64 = 3.0;

/// Reads what holds for all requests of a call; `answer` is the limit of an answer
/// where none is given.
///
/// # Errors
///
/// `invalid_argument`.
pub fn call(options: &Options, answer: f64) -> Result<Call, Error> {
    let total = options.number("timeout", 1.0)?;
    let or = |name, default| Ok(options.number(name, 1.0)?.unwrap_or(default).min(LONGEST));
    Ok(Call {
        stall: or("stallTimeout", STALL)?,
        answer: or("answerTimeout", answer)?,
        ends_at: total.map(|total| Date::now() + total.min(LONGEST)),
        waits_online: waits_online(options)?,
        signal: options.signal()?,
        fetch: options
            .function("fetch")?
            .map_or(JsValue::UNDEFINED, JsValue::from),
    })
}

/// Reads how often to try again.
///
/// # Errors
///
/// `invalid_argument`.
pub fn retries(options: &Options) -> Result<u32, Error> {
    let retries = options.number("retries", 0.0)?.unwrap_or(RETRIES);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 0; the cast saturates"
    )]
    let retries = retries as u32;
    Ok(retries)
}

fn waits_online(options: &Options) -> Result<bool, Error> {
    match options.string("whenOffline")?.as_deref() {
        None | Some("try") => Ok(false),
        Some("wait") => Ok(true),
        Some(_) => Err(options.refuse(&["whenOffline must be try or wait"])),
    }
}

//! The options that say how long a call may wait and how often it tries.

use wasm_bindgen::prelude::*;

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

/// What `WaitOptions` are.
pub const WAIT: &str =
    "timeout>1 stallTimeout>1=30000 answerTimeout>1 whenOffline|try|wait signal& fetch(";

/// What `RetryOptions` are.
pub const RETRY: &str = "retries>0=3";

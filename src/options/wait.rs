//! `WaitOptions`, `RetryOptions` and `DevelopmentOptions`.

use std::time::Duration;

use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::address::InsecureHosts;
use super::check::{Check, Least};
use crate::error::Error;
use crate::http::{CallSettings, RetryPolicy, duration_from_ms};

#[wasm_bindgen]
extern "C" {
    /// `WaitOptions & RetryOptions & DevelopmentOptions`.
    pub type WaitOptions;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn timeout(this: &WaitOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = stallTimeout)]
    fn stall_timeout(this: &WaitOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = answerTimeout)]
    fn answer_timeout(this: &WaitOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = whenOffline)]
    fn when_offline(this: &WaitOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn signal(this: &WaitOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn fetch(this: &WaitOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn retries(this: &WaitOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = allowInsecureHttp)]
    fn allow_insecure_http(this: &WaitOptions) -> Result<JsValue, JsValue>;
}

/// The default of `stallTimeout`.
const STALL_TIMEOUT: Duration = Duration::from_secs(30);

/// The default of `answerTimeout`.
pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// The default of `answerTimeout` for an upload.
pub const UPLOAD_ANSWER_TIMEOUT: Duration = Duration::from_mins(1);

/// The default of `retries`.
const RETRIES: u32 = 3;

/// Reads the limits of a call; `answer_timeout` is the default.
///
/// # Errors
///
/// `invalid_argument`.
pub fn call(
    check: Check,
    options: &WaitOptions,
    answer_timeout: Duration,
) -> Result<CallSettings, Error> {
    let timeout = check.number("timeout", options.timeout(), Least::One)?;
    let stall = check.number("stallTimeout", options.stall_timeout(), Least::One)?;
    let answer = check.number("answerTimeout", options.answer_timeout(), Least::One)?;
    let waits = check.word("whenOffline", options.when_offline(), waits, "try or wait")?;
    Ok(CallSettings {
        stall_timeout: stall.map_or(STALL_TIMEOUT, duration_from_ms),
        answer_timeout: answer.map_or(answer_timeout, duration_from_ms),
        ends_at: timeout.map(|timeout| Date::now() + timeout),
        waits_for_network: waits.unwrap_or(false),
        signal: check.signal(options.signal())?,
        fetch: check.function("fetch", options.fetch())?,
    })
}

/// Reads how often a call is tried again.
///
/// # Errors
///
/// `invalid_argument`.
pub fn retry(check: Check, options: &WaitOptions) -> Result<RetryPolicy, Error> {
    let retries = check.number("retries", options.retries(), Least::Zero)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 0; the cast saturates"
    )]
    let retries = retries.map_or(RETRIES, |retries| retries as u32);
    Ok(RetryPolicy { retries })
}

/// Reads which hosts may be addressed over http.
///
/// # Errors
///
/// `invalid_argument`.
pub fn insecure_hosts(check: Check, options: &WaitOptions) -> Result<InsecureHosts, Error> {
    let all = check.flag("allowInsecureHttp", options.allow_insecure_http())?;
    Ok(if all {
        InsecureHosts::All
    } else {
        InsecureHosts::Loopback
    })
}

fn waits(word: &str) -> Option<bool> {
    match word {
        "try" => Some(false),
        "wait" => Some(true),
        _ => None,
    }
}

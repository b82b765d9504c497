//! `WaitOptions` and `RetryOptions`.

use std::time::Duration;

use js_sys::Date;

use super::reader::{Least, Options};
use crate::error::Error;
use crate::http::{CallSettings, RetryPolicy, duration_from_ms};

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
pub fn call(options: &Options, answer_timeout: Duration) -> Result<CallSettings, Error> {
    let timeout = options.number("timeout", Least::One)?;
    let stall = options.number("stallTimeout", Least::One)?;
    let answer = options.number("answerTimeout", Least::One)?;
    let waits = options.word("whenOffline", waits, "try or wait")?;
    Ok(CallSettings {
        stall_timeout: stall.map_or(STALL_TIMEOUT, duration_from_ms),
        answer_timeout: answer.map_or(answer_timeout, duration_from_ms),
        ends_at: timeout.map(|timeout| Date::now() + timeout),
        waits_for_network: waits.unwrap_or(false),
        signal: options.signal()?,
        fetch: options.function("fetch")?,
    })
}

/// Reads how often a call is tried again.
///
/// # Errors
///
/// `invalid_argument`.
pub fn retry(options: &Options) -> Result<RetryPolicy, Error> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 0; the cast saturates"
    )]
    let whole = |retries: f64| retries as u32;
    let retries = options.number("retries", Least::Zero)?;
    Ok(RetryPolicy {
        retries: retries.map_or(RETRIES, whole),
    })
}

fn waits(word: &str) -> Option<bool> {
    match word {
        "try" => Some(false),
        "wait" => Some(true),
        _ => None,
    }
}

//! The caller's signal.

use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, DomException};

use crate::error::Failure;
use crate::js;

/// Passes unless the signal has fired.
///
/// # Errors
///
/// [`Failure::Theirs`] with the signal's own reason.
pub fn check(signal: Option<&AbortSignal>) -> Result<(), Failure> {
    match signal {
        Some(signal) if is_aborted(signal) => Err(Failure::Theirs(reason(signal))),
        _ => Ok(()),
    }
}

fn is_aborted(signal: &AbortSignal) -> bool {
    js::get(signal, "aborted").is_ok_and(|aborted| aborted == true)
}

/// The reason, or the `AbortError` that stands for it where signals have none
/// yet (Chrome before 98).
fn reason(signal: &AbortSignal) -> JsValue {
    js::get(signal, "reason")
        .ok()
        .filter(|reason| !reason.is_undefined())
        .or_else(|| {
            let error = DomException::new_with_message_and_name("aborted", "AbortError");
            error.ok().map(JsValue::from)
        })
        .unwrap_or_default()
}

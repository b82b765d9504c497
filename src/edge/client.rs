//! The client of a request, and the app's functions that are asked on its behalf.

use std::time::Duration;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use crate::callback;
use crate::error::{Failure, Stage};
use crate::http::{CallSettings, Deadline, Limit};

/// Asks a function of the app's, which may give a promise.
///
/// # Errors
///
/// What it throws; `answer_timeout` after `timeout`; the signal's reason where the client is gone.
pub async fn ask(
    function: &Function,
    argument: &JsValue,
    stage: Stage,
    call: &CallSettings,
    timeout: Duration,
) -> Result<JsValue, Failure> {
    let deadline = Deadline::new(stage, call)?;
    deadline.start(Limit::Answer, timeout);
    let given = function.call1(&JsValue::UNDEFINED, argument);
    let given = given.map_err(Failure::Thrown)?;
    let given = deadline.wait_for(&Promise::resolve(&given)).await;
    given?.map_err(Failure::Thrown)
}

/// Whether the client is gone.
pub fn is_gone(signal: Option<&AbortSignal>) -> bool {
    signal.is_some_and(AbortSignal::aborted)
}

/// Writes to the app's log.
pub fn log(on_error: Option<&Function>, error: &JsValue, request: &JsValue) {
    if let Some(on_error) = on_error {
        callback::notify(on_error, &Array::of2(error, request));
    }
}

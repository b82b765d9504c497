//! Calls of functions that the caller gave for information only.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;

/// Calls a function whose outcome does not matter: neither what it throws nor a promise of it that is
/// rejected reaches anyone.
pub fn notify(function: &Function, arguments: &Array) {
    if let Ok(value) = function.apply(&JsValue::UNDEFINED, arguments) {
        ignore(&value);
    }
}

/// Keeps a promise that may be rejected from being reported as unhandled, which ends a Node process.
pub fn ignore(value: &JsValue) {
    if value.is_object() {
        let _ = Promise::all_settled(&Array::of1(value));
    }
}

//! JavaScript values that are an answer's, or of our own making: nothing in them throws. What the
//! caller gives is read by [`Work`](crate::work::Work).

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/platform/values.js")]
extern "C" {
    /// Whether there is anything in `object[name]`.
    pub fn has(object: &JsValue, name: &str) -> bool;
    /// The number `object[name]`, a boolean as 0 or 1, or else NaN.
    pub fn number(object: &JsValue, name: &str) -> f64;
    /// Whether `object[name]` is this text.
    pub fn is(object: &JsValue, name: &str, text: &str) -> bool;
    /// `object[name] = text`.
    #[wasm_bindgen(js_name = set)]
    pub fn set_text(object: &JsValue, name: &str, text: &str);
    /// `object[name] = number`.
    #[wasm_bindgen(js_name = set)]
    pub fn set_number(object: &JsValue, name: &str, number: f64);
    /// Copies an `Uint8Array`, if it has this length.
    pub fn copy(bytes: &JsValue, into: &mut [u8]) -> bool;
}

#[wasm_bindgen]
extern "C" {
    /// A number from 0 to 1, as the platform draws it.
    #[wasm_bindgen(js_namespace = Math)]
    pub fn random() -> f64;
}

#[cfg(feature = "secret")]
#[wasm_bindgen(module = "/pkg/platform/values.js")]
extern "C" {
    /// `object[name]`; `null` counts as undefined.
    pub fn get(object: &JsValue, name: &str) -> JsValue;
    /// `object[name] = value`.
    pub fn set(object: &JsValue, name: &str, value: &JsValue);
    /// `{}`.
    pub fn empty() -> JsValue;
    /// As [`get`], of what others have made: its getters may throw.
    #[wasm_bindgen(catch, js_name = get)]
    pub fn try_get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
}

#[cfg(feature = "secret")]
#[wasm_bindgen(module = "/pkg/platform/options.js")]
extern "C" {
    /// Whether it is of the platform's class of this name.
    #[wasm_bindgen(js_name = isA)]
    pub fn is_a(value: &JsValue, class: &str) -> bool;
}

/// `object[name]` of what others have made, if it is a string, and otherwise an empty one.
#[cfg(feature = "secret")]
#[must_use]
pub fn try_text(object: &JsValue, name: &str) -> String {
    let value = try_get(object, name).ok();
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

//! Looking at JavaScript values that may be anything.
//!
//! Whatever can throw is asked through `Reflect`: a getter of the caller's
//! that throws, or a platform getter on an object that only pretends to be of
//! its class, would otherwise unwind through the module.

use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// What `object[name]` holds; `null` counts as undefined.
///
/// # Errors
///
/// What the getter threw, or the `TypeError` for a value that is no object.
pub fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let value = Reflect::get(object, &name.into())?;
    Ok(if value.is_null() {
        JsValue::UNDEFINED
    } else {
        value
    })
}

/// `object[name]` if it is a string, and otherwise an empty one.
#[must_use]
pub fn text(object: &JsValue, name: &str) -> String {
    get(object, name)
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// A value as plain objects and arrays, such as a person would have written.
///
/// # Errors
///
/// What serialising threw.
pub fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(JsValue::from)
}

//! Plain data on its way to JavaScript.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// As a plain object that `JSON.stringify` writes as expected (a map becomes an object, not a `Map`).
/// The types that are passed here cannot fail to serialise.
pub fn to_js(value: &impl Serialize) -> JsValue {
    value
        .serialize(&Serializer::json_compatible())
        .unwrap_or_default()
}

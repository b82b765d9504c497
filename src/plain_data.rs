//! Plain data on its way to JavaScript.

use js_sys::Array;
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

/// As JSON text. The types that are passed here hold nothing that JSON cannot carry.
#[cfg(feature = "server")]
pub fn to_json(value: &impl Serialize) -> String {
    js_sys::JSON::stringify(&to_js(value)).map_or_else(|_| String::new(), String::from)
}

/// The app's own data in a button: a JSON object, which is passed on as it is.
#[derive(Serialize)]
#[serde(transparent)]
pub struct JsonData(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);

impl JsonData {
    /// A value that JSON gave, if it is an object and no array.
    #[must_use]
    pub fn of_object(json: JsValue) -> Option<Self> {
        (json.is_object() && !Array::is_array(&json)).then_some(Self(json))
    }
}

//! Looking at JavaScript values that may be anything, and making some.
//!
//! A getter of the caller's may throw, and so may a platform's on an object that
//! only pretends to be of its class: what is asked for is caught.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/platform/values.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = get)]
    fn get_caught(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = get)]
    fn at_caught(list: &JsValue, index: u32) -> Result<JsValue, JsValue>;
    fn set(object: &JsValue, name: &str, value: JsValue);
    fn empty(is_array: bool) -> JsValue;
    fn push(list: &JsValue, item: JsValue);
    #[wasm_bindgen(js_name = isA)]
    fn is_a_caught(value: &JsValue, class: &str) -> bool;
}

/// What `object[name]` holds; `null` counts as undefined.
///
/// # Errors
///
/// What the getter threw, or the `TypeError` for undefined.
#[inline(never)]
pub fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    get_caught(object, name)
}

/// What `list[index]` holds; `null` counts as undefined.
///
/// # Errors
///
/// As [`get`].
#[inline(never)]
pub fn at(list: &JsValue, index: u32) -> Result<JsValue, JsValue> {
    at_caught(list, index)
}

/// `object[name]` if it is a string, and otherwise an empty one.
#[must_use]
#[inline(never)]
pub fn text(object: &JsValue, name: &str) -> String {
    get(object, name)
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Whether `object[name]` is there and `true`, or not.
#[must_use]
#[inline(never)]
pub fn flag(object: &JsValue, name: &str) -> Option<bool> {
    get(object, name).ok()?.as_bool()
}

/// Whether it is of the platform's class of this name.
#[must_use]
#[inline(never)]
pub fn is_a(value: &JsValue, class: &str) -> bool {
    is_a_caught(value, class)
}

/// An object with these fields, but for those that are undefined.
#[must_use]
#[inline(never)]
pub fn object(fields: Vec<(&str, JsValue)>) -> JsValue {
    let object = empty(false);
    for (name, value) in fields {
        if !value.is_undefined() {
            set(&object, name, value);
        }
    }
    object
}

/// An array of these.
#[must_use]
#[inline(never)]
pub fn list(items: Vec<JsValue>) -> JsValue {
    let list = empty(true);
    for item in items {
        push(&list, item);
    }
    list
}

/// One more field of an object.
pub fn put(object: &JsValue, name: &str, value: JsValue) {
    set(object, name, value);
}

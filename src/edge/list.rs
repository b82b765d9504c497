//! The lists in what the app's `authorize` gave.

use wasm_bindgen::prelude::*;

use crate::shape::has_brand;

#[wasm_bindgen]
extern "C" {
    /// An array or a set.
    type ListLike;
    #[wasm_bindgen(method, structural, catch)]
    fn includes(this: &ListLike, value: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn has(this: &ListLike, value: &str) -> Result<bool, JsValue>;
}

/// Whether an array or set of any size contains a text.
pub fn contains(list: &JsValue, text: &str) -> bool {
    let like: &ListLike = list.unchecked_ref();
    let is_contained = if has_brand(list, &["[object Set]"]) {
        like.has(text)
    } else if has_brand(list, &["[object Array]"]) {
        like.includes(text)
    } else {
        return false;
    };
    is_contained.unwrap_or(false)
}

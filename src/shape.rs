//! Objects of the platform, recognised by brand or shape: `instanceof` fails for those of another frame
//! or of a test runner's realm.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    /// What an object is by its brand; throws for a revoked proxy.
    #[wasm_bindgen(catch, js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn brand_of(value: &JsValue) -> Result<JsString, JsValue>;

    /// An `AbortSignal`, or something that has its shape.
    type SignalLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn aborted(this: &SignalLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = addEventListener)]
    fn add_event_listener(this: &SignalLike) -> Result<JsValue, JsValue>;
}

/// Whether a value has one of these brands (`[object Blob]`).
pub fn has_brand(value: &JsValue, brands: &[&str]) -> bool {
    let brand = brand_of(value).map(String::from);
    brand.is_ok_and(|brand| brands.contains(&brand.as_str()))
}

/// An abort signal, if the value is one. The getters of what only pretends throw.
pub fn abort_signal(value: JsValue) -> Option<AbortSignal> {
    let signal: &SignalLike = value.unchecked_ref();
    let is_signal = value.is_object()
        && signal.aborted().is_ok_and(|it| it.as_bool().is_some())
        && signal.add_event_listener().is_ok_and(|it| it.is_function());
    is_signal.then(|| value.unchecked_into())
}

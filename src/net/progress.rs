//! Telling how far an upload is.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/platform/progress.js")]
extern "C" {
    /// Tells the caller's function of the bytes of the file that have gone.
    #[derive(Clone)]
    pub type Progress;

    /// Progress of a file of `total` bytes.
    #[wasm_bindgen(js_name = progress)]
    pub fn telling(tell: &JsValue, total: f64) -> Progress;

    /// So many bytes of a body of `of` bytes have gone.
    #[wasm_bindgen(method)]
    pub fn moved(this: &Progress, bytes: f64, of: f64);

    /// The last byte has gone; the server works. Told once.
    #[wasm_bindgen(method)]
    pub fn gone(this: &Progress);
}

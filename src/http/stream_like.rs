//! Readable streams, by shape: not every runtime's belongs to the global `ReadableStream`, and adapters
//! for Node's servers give classes of their own.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::shape::has_brand;

#[wasm_bindgen]
extern "C" {
    /// A readable stream.
    pub type StreamLike;
    /// Its default reader.
    #[wasm_bindgen(method, structural, catch, js_name = getReader)]
    pub fn get_reader(this: &StreamLike) -> Result<ReaderLike, JsValue>;
    /// A reader with options: `{ mode: "byob" }`.
    #[cfg(feature = "server")]
    #[wasm_bindgen(method, structural, catch, js_name = getReader)]
    pub fn get_reader_with(this: &StreamLike, options: &JsValue) -> Result<ReaderLike, JsValue>;

    /// A stream's reader.
    pub type ReaderLike;
    /// Gives a promise of the next piece.
    #[wasm_bindgen(method, structural, catch)]
    pub fn read(this: &ReaderLike) -> Result<JsValue, JsValue>;
    /// The same for a BYOB reader.
    #[cfg(feature = "server")]
    #[wasm_bindgen(method, structural, catch, js_name = read)]
    pub fn read_into(this: &ReaderLike, view: &Uint8Array) -> Result<JsValue, JsValue>;
    /// Gives a promise that settles once the stream is closed.
    #[wasm_bindgen(method, structural, catch)]
    pub fn cancel(this: &ReaderLike) -> Result<JsValue, JsValue>;

    type ReadResult;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn done(this: &ReadResult) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn value(this: &ReadResult) -> Result<JsValue, JsValue>;
}

/// The bytes that a read resolved to, `None` at the end.
///
/// # Errors
///
/// What the getters throw; the value, if it is no bytes.
pub fn piece_of(result: JsValue) -> Result<Option<Uint8Array>, JsValue> {
    let result: ReadResult = result.unchecked_into();
    if result.done()? {
        return Ok(None);
    }
    let value = result.value()?;
    if has_brand(&value, &["[object Uint8Array]"]) {
        Ok(Some(value.unchecked_into()))
    } else {
        Err(value)
    }
}

//! What one call carries, and what can be done with it: JavaScript's side of a [`Task`](crate::task::Task).

use wasm_bindgen::prelude::*;

use crate::error::Stage;
use divar_media::accepted::Label;

#[wasm_bindgen(module = "/pkg/platform/work.js")]
extern "C" {
    /// The caller's options by their names, and what has come of them.
    #[derive(Clone)]
    pub type Work;

    /// Of a call with these options, and with what it was given beside them.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, given: &JsValue, stage: u32) -> Work;

    #[wasm_bindgen(method, js_name = at)]
    fn at_number(this: &Work, stage: u32);

    /// Notes a mistake in the call, if it is the first.
    #[wasm_bindgen(method)]
    pub fn refuse(this: &Work, words: &str);
    /// Passes unless there was a mistake.
    #[wasm_bindgen(method, catch)]
    pub fn check(this: &Work) -> Result<(), JsValue>;
    /// A field of what an option holds.
    #[wasm_bindgen(method)]
    pub fn get(this: &Work, object: &JsValue, name: &str) -> JsValue;
    /// An option, whatever it is.
    #[wasm_bindgen(method)]
    pub fn option(this: &Work, name: &str) -> JsValue;
    /// A text that a field of an option must hold.
    #[wasm_bindgen(method)]
    pub fn text(this: &Work, object: &JsValue, name: &str) -> JsValue;
    /// An object that a field of an option must hold.
    #[wasm_bindgen(method)]
    pub fn object(this: &Work, object: &JsValue, name: &str) -> JsValue;
    /// The items that a field of an option must hold, at most so many.
    #[wasm_bindgen(method)]
    pub fn list(this: &Work, object: &JsValue, name: &str, most: u32) -> JsValue;
    /// Reads options by their names; the signs are described in `pkg/platform/options.js`.
    #[wasm_bindgen(method)]
    pub fn read(this: &Work, options: &str);
    /// Whether an option is not there (0), a function (1), or something else (2).
    #[wasm_bindgen(method)]
    pub fn has(this: &Work, name: &str) -> u32;

    /// The error of a failure at this step, without words of what the answer `of` says.
    #[wasm_bindgen(method)]
    pub fn failed(
        this: &Work,
        code: u32,
        words: &str,
        of: &JsValue,
        retryable: bool,
        delivery_unknown: bool,
    ) -> JsValue;

    /// Whether the platform is offline, and the call is to wait for it.
    #[wasm_bindgen(method)]
    pub fn waits(this: &Work) -> bool;
    /// Pauses, if that is not less than nothing, and then waits for the network where that is wanted.
    #[wasm_bindgen(method)]
    pub fn wait(this: &Work, milliseconds: f64) -> JsValue;
    /// Reads two parts of the file.
    #[wasm_bindgen(method)]
    pub fn look(this: &Work, from: f64, to: f64, from2: f64, to2: f64) -> JsValue;
    /// Asks the caller's function for a token.
    #[wasm_bindgen(method)]
    pub fn ask(this: &Work) -> JsValue;
    /// Sends JSON. What stands in braces in the address and in the headers is filled in.
    #[wasm_bindgen(method)]
    pub fn post(this: &Work, url: &str, headers: &str, json: &JsValue, answer: f64) -> JsValue;
    /// Sends the file, in a form where a field is named.
    #[wasm_bindgen(method)]
    pub fn upload(this: &Work, url: &str, headers: &str, field: &str, answer: f64) -> JsValue;
    /// An address, filled in.
    #[cfg(feature = "secret")]
    #[wasm_bindgen(method)]
    pub fn filled(this: &Work, url: &str) -> String;
    /// Headers, filled in, as an object.
    #[cfg(feature = "secret")]
    #[wasm_bindgen(method)]
    pub fn headers(this: &Work, lines: &str) -> JsValue;
    /// Promises an answer, or what there is in place of one.
    #[cfg(feature = "secret")]
    #[wasm_bindgen(method)]
    pub fn answered(this: &Work, answer: &JsValue) -> JsValue;
    /// What tells the caller's `onProgress`, or undefined.
    #[cfg(feature = "secret")]
    #[wasm_bindgen(method)]
    pub fn progress(this: &Work) -> JsValue;
    /// Tells the caller's `onProgress` that the last byte has gone.
    #[wasm_bindgen(method)]
    pub fn gone(this: &Work);
    #[wasm_bindgen(method, js_name = tell)]
    fn tell_number(this: &Work, stage: u32);
    /// Keeps the text in an answer's field under this name, if there is one.
    #[wasm_bindgen(method)]
    pub fn keep(this: &Work, name: &str, answer: &JsValue, field: &str) -> bool;

    /// Looks at what the file says of itself.
    #[wasm_bindgen(method)]
    pub fn open(this: &Work);
    #[wasm_bindgen(method, js_name = isNamed)]
    fn is_named(this: &Work, extension: &str) -> bool;
    #[wasm_bindgen(method, js_name = isTyped)]
    fn is_typed(this: &Work, mime: &str) -> bool;
    /// Gives the file's name this extension, in place of a wrong one.
    #[wasm_bindgen(method)]
    pub fn rename(this: &Work, extension: &str, is_wrong: bool);
    /// Gives the file this MIME type.
    #[wasm_bindgen(method)]
    pub fn retype(this: &Work, mime: &str);

    /// Ends well, with one of the values that it carries, or an object that has it by this name.
    #[wasm_bindgen(method)]
    pub fn end(this: &Work, value: &str, name: &str);
}

impl Work {
    /// Goes to a step.
    pub fn at(&self, stage: Stage) {
        self.at_number(stage as u32);
    }

    /// Tells the caller's `onStage` that a step begins.
    pub fn tell(&self, stage: Stage) {
        self.tell_number(stage as u32);
    }
}

impl Label for Work {
    fn is_named(&self, extension: &str) -> bool {
        Work::is_named(self, extension)
    }

    fn is_typed(&self, mime: &str) -> bool {
        Work::is_typed(self, mime)
    }
}

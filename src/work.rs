//! What one call carries, and what can be done with it: JavaScript's side of a [`Task`](crate::task::Task).

use wasm_bindgen::prelude::*;

use crate::error::{Code, Stage};
use divar_media::accepted::Label;

#[wasm_bindgen(module = "/pkg/platform/work.js")]
extern "C" {
    /// The caller's options by their names, and what has come of them.
    #[derive(Clone)]
    #[must_use]
    pub type Work;

    /// Of a call with these options, at this step.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, stage: u32, state: f64) -> Work;
    /// What the call was given beside its options, as if it stood among them.
    #[wasm_bindgen(method)]
    pub fn give(this: &Work, name: &str, value: JsValue);

    #[wasm_bindgen(method, js_name = at)]
    fn at_number(this: &Work, stage: u32);

    /// Notes a mistake in the call, if it is the first.
    #[wasm_bindgen(method)]
    pub fn refuse(this: &Work, words: &str);
    /// Whether there is an error.
    #[wasm_bindgen(method, js_name = isOver)]
    pub fn is_over(this: &Work) -> bool;
    /// Reads options by their names; the signs are described in `pkg/platform/options.js`.
    #[wasm_bindgen(method)]
    pub fn read(this: &Work, options: &str);
    /// Whether an option is not there (0), a function (1), or something else (2).
    #[wasm_bindgen(method)]
    pub fn has(this: &Work, name: &str) -> u32;
    /// Puts what has this name, or an empty text, into the message's body as `field`.
    #[wasm_bindgen(method)]
    pub fn put(this: &Work, field: &str, name: &str);
    /// Puts what an option holds into the message's body as `field`, if it is there: what `shape` names
    /// of it. Shapes are described in `pkg/platform/work.js`.
    #[wasm_bindgen(method)]
    pub fn copy(this: &Work, field: &str, option: &str, shape: &str);

    /// Notes the error of a failure at this step, without words of what the answer `of` says.
    #[wasm_bindgen(method)]
    pub fn fail(
        this: &Work,
        code: u32,
        words: &str,
        of: &JsValue,
        retryable: bool,
        delivery_unknown: bool,
    );
    /// Lets go of an error that is to be mended.
    #[wasm_bindgen(method)]
    pub fn forgive(this: &Work);
    /// Puts the error that was let go of last, if there was one, in the place of the one there is.
    #[wasm_bindgen(method, js_name = blameTheLast)]
    pub fn blame_the_last(this: &Work);

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
    /// Sends the message's body as JSON, or an empty one. What stands in braces in the address and in the
    /// headers is filled in.
    #[wasm_bindgen(method)]
    pub fn post(this: &Work, url: &str, headers: &str, is_message: bool, answer: f64) -> JsValue;
    /// Sends the file, in a form where a field is named.
    #[wasm_bindgen(method)]
    pub fn upload(this: &Work, url: &str, headers: &str, field: &str, answer: f64) -> JsValue;
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
    fn is_named(this: &Work, extensions: &str) -> bool;
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

/// What only the servers' module asks for.
#[cfg(feature = "secret")]
#[wasm_bindgen(module = "/pkg/platform/work.js")]
extern "C" {
    /// What the call came to.
    #[wasm_bindgen(method, catch)]
    pub fn settled(this: &Work) -> Result<JsValue, JsValue>;
    /// An option, whatever it is.
    #[wasm_bindgen(method)]
    pub fn option(this: &Work, name: &str) -> JsValue;
    /// A field of what an option holds.
    #[wasm_bindgen(method)]
    pub fn get(this: &Work, object: &JsValue, name: &str) -> JsValue;
    /// An address, filled in.
    #[wasm_bindgen(method)]
    pub fn filled(this: &Work, url: &str) -> String;
    /// Headers, filled in, as an object.
    #[wasm_bindgen(method)]
    pub fn headers(this: &Work, lines: &str) -> JsValue;
    /// Promises an answer, or what there is in place of one.
    #[wasm_bindgen(method)]
    pub fn answered(this: &Work, answer: &JsValue) -> JsValue;
    /// What tells the caller's `onProgress`, or undefined.
    #[wasm_bindgen(method)]
    pub fn progress(this: &Work) -> JsValue;
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

    /// Notes a failure that came of no answer, and that trying again would not mend.
    pub fn fail_for_good(&self, code: Code, words: &str) {
        self.fail(code as u32, words, &JsValue::UNDEFINED, false, false);
    }
}

impl Label for Work {
    fn is_named(&self, extensions: &str) -> bool {
        Work::is_named(self, extensions)
    }

    fn is_typed(&self, mime: &str) -> bool {
        Work::is_typed(self, mime)
    }
}

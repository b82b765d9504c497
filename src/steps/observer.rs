//! The caller's `onStage`.

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;

use crate::callback;
use crate::error::Stage;

/// Tells the caller which step begins.
#[derive(Clone, Default)]
pub struct StageObserver {
    /// `onStage`.
    pub callback: Option<Function>,
}

impl StageObserver {
    /// A step begins, again for each further try of it.
    pub fn begin(&self, stage: Stage) {
        self.notify(stage, &JsValue::UNDEFINED);
    }

    /// The message is about to be sent. A signal's reason carries no media token, so that whoever aborts
    /// the call from now on learns the token here.
    pub fn begin_message(&self, media_token: &str) {
        self.notify(Stage::Message, &media_token.into());
    }

    fn notify(&self, stage: Stage, media_token: &JsValue) {
        if let Some(callback) = &self.callback {
            let arguments = Array::of2(&stage.name().into(), media_token);
            callback::notify(callback, &arguments);
        }
    }
}

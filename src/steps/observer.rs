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
        self.notify(&Array::of1(&stage.name().into()));
    }

    /// The message is about to be sent. A signal's reason carries no media token, so that whoever aborts
    /// the call from now on learns the token here.
    pub fn begin_message(&self, media_token: &str) {
        let stage = JsValue::from(Stage::Message.name());
        self.notify(&Array::of2(&stage, &media_token.into()));
    }

    fn notify(&self, arguments: &Array) {
        if let Some(callback) = &self.callback {
            callback::notify(callback, arguments);
        }
    }
}

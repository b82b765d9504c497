//! Telling which of the three steps begins.

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::error::Stage;

/// The caller's `onStage`, if there is one.
pub struct Stages(pub Option<Function>);

impl Stages {
    /// Tells that `stage` begins, again where it is tried again; `media_token` is
    /// what has been got by then.
    pub fn begin(&self, stage: Stage, media_token: Option<&str>) {
        if let Some(tell) = &self.0 {
            let media_token = media_token.map_or(JsValue::UNDEFINED, JsValue::from);
            // What the caller's function throws must not end the call.
            let _ = tell.call2(&JsValue::UNDEFINED, &stage.name().into(), &media_token);
        }
    }
}

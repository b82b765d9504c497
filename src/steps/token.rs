//! Minting an upload token.

use wasm_bindgen::JsValue;

use crate::contract::route;
use crate::error::{Code, Stage};
use crate::net::answer::Failed;
use crate::task::{Phase, Task};

/// The limit of an answer where none is given, in milliseconds.
const ANSWER: f64 = 30_000.0;

impl Task {
    /// Asks the app's own server for a token or, with its key, Divar.
    pub(crate) fn mint(&mut self) -> JsValue {
        let json = "Content-Type: application/json";
        #[cfg(feature = "secret")]
        if super::has_key(&self.work) {
            let headers = [json, super::API_KEY].concat();
            let effect = self.work.post(route::TOKEN, &headers, false, ANSWER);
            return self.then(Phase::Answer, effect);
        }
        let effect = self.work.post(route::ENDPOINT_TOKEN, json, false, ANSWER);
        self.then(Phase::Answer, effect)
    }

    /// Keeps the token, which is opaque and never parsed. What is wrong is given.
    pub(crate) fn minted(&self, outcome: &JsValue) -> Option<Failed> {
        if self.work.keep("uploadToken", outcome, "token") {
            return None;
        }
        let words = "the answer has no token";
        let failed = Failed::fault(&self.work, Stage::Token, Code::MissingField, words, outcome);
        Some(failed)
    }
}

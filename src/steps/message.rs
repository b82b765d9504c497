//! Sending a message.

use wasm_bindgen::JsValue;

use crate::contract::message::Target;
use crate::contract::route;
use crate::error::{Code, Stage};
use crate::net::answer::Failed;
use crate::options::message::target;
use crate::task::{Phase, Task};

/// The limit of an answer where none is given, in milliseconds.
const ANSWER: f64 = 30_000.0;

impl Task {
    /// Hands the message to the app's own server or, with its key, to Divar.
    pub(crate) fn send(&mut self) -> JsValue {
        let target = target(&self.work);
        let json = "Content-Type: application/json";
        self.work.put("media_token", "mediaToken");
        #[cfg(feature = "secret")]
        if super::has_key(&self.work) {
            let authorization = match target {
                Target::Chatbot => "",
                Target::User | Target::Conversation => "\nAuthorization: Bearer {accessToken}",
            };
            let headers = [json, super::API_KEY, authorization].concat();
            let effect = self
                .work
                .post(route::message(target), &headers, true, ANSWER);
            return self.then(Phase::Answer, effect);
        }
        self.work.put("target", "target");
        self.work.put(target.id_name(), target.option_name());
        let effect = self.work.post(route::ENDPOINT_MESSAGES, json, true, ANSWER);
        self.then(Phase::Answer, effect)
    }

    /// Keeps the conversation that the message went to. What is wrong is given.
    pub(crate) fn sent(&self, outcome: &JsValue) -> Option<Failed> {
        // This route answers with a status and no id.
        if target(&self.work) == Target::Conversation
            || self.work.keep("conversationId", outcome, "conversation_id")
        {
            return None;
        }
        let words = "the answer has no conversation_id";
        let failed = Failed::fault(
            &self.work,
            Stage::Message,
            Code::MissingField,
            words,
            outcome,
        );
        Some(failed)
    }
}

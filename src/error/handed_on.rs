//! How a failure reaches the page that asked an app's own server.

use wasm_bindgen::JsValue;

use super::{Code, Error};
use crate::js;

impl Error {
    /// The HTTP status that tells of it.
    #[must_use]
    pub fn handed_on_status(&self) -> u16 {
        match (self.0.code, self.0.status) {
            (Code::RecipientRestricted, _) => 412,
            (Code::RateLimited, _) => 429,
            (Code::NotFound, _) => 404,
            (Code::FileTooLarge, _) => 413,
            (Code::UnsupportedFormat, _) => 415,
            (Code::Stalled | Code::AnswerTimeout | Code::Timeout, _) => 504,
            // A mistake in the app's own options.
            (Code::InvalidArgument | Code::KeyInPage, _) => 500,
            (_, Some(503)) => 503,
            _ => 502,
        }
    }

    /// The wait that the server asked for, in whole seconds.
    #[must_use]
    pub fn retry_after_seconds(&self) -> Option<u64> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "never negative; the cast saturates"
        )]
        let whole = |milliseconds: f64| (milliseconds / 1000.0).ceil() as u64;
        self.0.retry_after.map(whole)
    }

    /// What the page is told: no words of Divar's, and our own only where the
    /// request is at fault.
    #[must_use]
    pub fn handed_on(&self, words: bool) -> JsValue {
        let error = JsValue::from(self.clone());
        let names = [
            "code",
            "stage",
            "retryable",
            "retryAfterMs",
            "deliveryUnknown",
            "userMessage",
        ];
        let told = names.into_iter().chain(words.then_some("message"));
        let field = |name| (name, js::get(&error, name).unwrap_or_default());
        js::object(told.map(field).collect())
    }
}

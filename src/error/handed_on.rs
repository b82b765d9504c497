//! How a failure reaches the page that asked an app's own server.

use wasm_bindgen::JsValue;

use super::{Code, Error};
use crate::js;

impl Error {
    /// The HTTP status that tells of it.
    #[must_use]
    pub fn handed_on_status(&self) -> u16 {
        match (self.code(), self.status()) {
            (Some(Code::RecipientRestricted), _) => 412,
            (Some(Code::RateLimited), _) => 429,
            (Some(Code::NotFound), _) => 404,
            (Some(Code::FileTooLarge), _) => 413,
            (Some(Code::UnsupportedFormat), _) => 415,
            (Some(Code::Stalled | Code::AnswerTimeout | Code::Timeout), _) => 504,
            // A mistake in the app's own options.
            (Some(Code::InvalidArgument | Code::KeyInPage), _) => 500,
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
        self.field("retryAfterMs").as_f64().map(whole)
    }

    /// What the page is told: no words of Divar's, and our own only where the
    /// request is at fault.
    #[must_use]
    pub fn handed_on(&self, words: bool) -> JsValue {
        let names = [
            "code",
            "stage",
            "retryable",
            "retryAfterMs",
            "deliveryUnknown",
            "userMessage",
        ];
        let told = js::empty();
        for name in names.into_iter().chain(words.then_some("message")) {
            let value = self.field(name);
            if !value.is_undefined() {
                js::set(&told, name, &value);
            }
        }
        told
    }
}

//! What came of a request.

use wasm_bindgen::prelude::*;

use crate::contract::answer::{self, Body};
use crate::error::{Code, Stage};
use crate::js;
use crate::work::Work;

/// Why a try did not go well; the error itself is in its work.
pub struct Failed {
    code: u32,
    /// Whether the same try may do better later.
    pub retryable: bool,
}

impl Failed {
    /// A failure of `outcome`, which belongs to the step `sent`, if it was sent; without words, of
    /// what the answer says.
    #[inline(never)]
    pub fn new(
        work: &Work,
        sent: Option<Stage>,
        code: u32,
        words: &str,
        outcome: &JsValue,
        retryable: bool,
    ) -> Self {
        let unknown = sent == Some(Stage::Message) && may_have_been_delivered(code, outcome);
        let retryable = retryable && !unknown;
        work.fail(code, words, outcome, retryable, unknown);
        Self { code, retryable }
    }

    /// A failure of an answer that came with a good status.
    pub fn fault(work: &Work, sent: Stage, code: Code, words: &str, outcome: &JsValue) -> Self {
        Self::new(work, Some(sent), code as u32, words, outcome, false)
    }

    /// Whether a token was refused, as a spent or expired one is.
    #[must_use]
    pub const fn is_unauthorized(&self) -> bool {
        self.code == Code::Unauthorized as u32
    }
}

/// Whether a message may have been delivered that was on its way: unless it was refused before it
/// left, or turned away by a status below 500, or the app's own server knows better, it may, although
/// its answer was lost or made no sense. The same call might send it twice.
fn may_have_been_delivered(code: u32, outcome: &JsValue) -> bool {
    let told = handed_on(outcome).map_or(f64::NAN, |_| js::number(outcome, "deliveryUnknown"));
    if told.is_nan() {
        let status = js::number(outcome, "status");
        code != Code::InvalidArgument as u32 && !(300.0..500.0).contains(&status)
    } else {
        told > 0.0
    }
}

/// The code that the app's own server may hand on with a bad status.
fn handed_on(outcome: &JsValue) -> Option<u32> {
    let code = js::number(outcome, "told");
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number of a code"
    )]
    (code >= 0.0).then_some(code as u32)
}

/// Why there is no answer, if there is none.
pub fn missing(work: &Work, sent: Option<Stage>, outcome: &JsValue) -> Option<Failed> {
    let code = js::number(outcome, "code");
    if code.is_nan() {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number of a code"
    )]
    let code = code as u32;
    let again = [Code::Network, Code::Stalled, Code::AnswerTimeout];
    let retryable = again.iter().any(|again| *again as u32 == code);
    Some(Failed::new(work, sent, code, "", outcome, retryable))
}

/// What is wrong with what came of a request, if it is no success and JSON.
pub fn judged(work: &Work, sent: Option<Stage>, outcome: &JsValue) -> Option<Failed> {
    if let Some(failed) = missing(work, sent, outcome) {
        return Some(failed);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates"
    )]
    let status = js::number(outcome, "status") as u16;
    let is_html = js::number(outcome, "html") > 0.0;
    let mut retryable = answer::is_retryable(status);
    let (code, words) = match Body::of(is_html, js::number(outcome, "first")) {
        Body::Html => (Code::HtmlAnswer as u32, "a page came in place of an answer"),
        _ if !matches!(status, 200..=299) => {
            let code = answer::refusal(status, js::number(outcome, "divarCode")) as u32;
            let words = match status {
                0 | 300..=399 => "a redirect was answered and not followed",
                _ => "",
            };
            let told = handed_on(outcome);
            // The app's own server knows whether its own try would do better: its status may be a
            // retryable one.
            let says = js::number(outcome, "retryable");
            if told.is_some() && !says.is_nan() {
                retryable = says > 0.0;
            }
            (told.unwrap_or(code), words)
        }
        Body::Empty => (Code::EmptyAnswer as u32, "the answer was empty"),
        Body::Data if !js::has(outcome, "json") => {
            (Code::MalformedAnswer as u32, "the answer was no JSON")
        }
        Body::Data => return None,
    };
    Some(Failed::new(work, sent, code, words, outcome, retryable))
}

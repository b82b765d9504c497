//! What an answer says.

use wasm_bindgen::prelude::*;

use crate::contract::answer::{self, Body};
use crate::error::{Code, Error, Stage};
use crate::js;

/// An answer that was a success and JSON.
pub struct Answer {
    stage: Stage,
    status: u16,
    json: JsValue,
}

impl Answer {
    /// Reads an answer as it came, by whatever transport; `None` where it is none.
    ///
    /// # Errors
    ///
    /// The failure that the status or the body tells.
    pub fn read(stage: Stage, raw: &JsValue) -> Option<Result<Self, Error>> {
        let status = js::get(raw, "status").ok()?.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates"
        )]
        let status = status as u16;
        let json = js::get(raw, "json").unwrap_or_default();
        let body = Body::of(&js::text(raw, "type"), &js::text(raw, "begin"));
        let retry_after = js::get(raw, "retryAfter").unwrap_or_default().as_f64();
        let error = match body {
            Body::Html => failed(
                stage,
                status,
                Code::HtmlAnswer,
                &["a page came in place of an answer"],
            ),
            _ if !matches!(status, 200..=299) => refused(stage, status, &json),
            Body::Empty => failed(stage, status, Code::EmptyAnswer, &["the answer was empty"]),
            Body::Data if json.is_undefined() => failed(
                stage,
                status,
                Code::MalformedAnswer,
                &["the answer was no JSON"],
            ),
            Body::Data => {
                return Some(Ok(Self {
                    stage,
                    status,
                    json,
                }));
            }
        };
        Some(Err(error.after(retry_after.filter(|wait| *wait >= 0.0))))
    }

    /// The string in field `name`, if there is one that is not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        Some(js::text(&self.json, name)).filter(|text| !text.is_empty())
    }

    /// A failure of this answer, which came with a good status.
    #[must_use]
    pub fn fault(&self, code: Code, words: &[&str]) -> Error {
        failed(self.stage, self.status, code, words)
    }

    /// The string in field `name`.
    ///
    /// # Errors
    ///
    /// `missing_field`.
    pub fn required(&self, name: &str) -> Result<String, Error> {
        self.text(name)
            .ok_or_else(|| self.fault(Code::MissingField, &["the answer has no ", name]))
    }
}

fn failed(stage: Stage, status: u16, code: Code, words: &[&str]) -> Error {
    // A redirect that was not followed shows as status 0 in browsers.
    let shown = (status > 0).then_some(status);
    Error::new(stage, code, words)
        .answered(shown, None)
        .retryable(answer::is_retryable(status))
}

/// What an HTTP status says, with what Divar's google.rpc.Status adds, or the app's
/// own server, which may hand on one of our codes.
fn refused(stage: Stage, status: u16, json: &JsValue) -> Error {
    let divar_code = divar_code(json);
    let handed_on = Code::from_name(&js::text(json, "code"));
    let code = handed_on.unwrap_or(answer::refusal(status, divar_code));
    let said = js::text(json, "message");
    let number = answer::digits(status.into());
    let words: &[&str] = match (status, said.as_str()) {
        (0 | 300..=399, _) => &["a redirect was answered and not followed"],
        (_, "") => &["HTTP ", &number],
        (_, said) => &["HTTP ", &number, ": ", said],
    };
    let mut error = failed(stage, status, code, words);
    if handed_on.is_some() {
        let says = |name| js::flag(json, name);
        // It knows whether its own try would do better: its status may be a retryable one.
        let retryable = says("retryable").unwrap_or(error.is_retryable());
        error = error.retryable(retryable);
        if stage == Stage::Message {
            error = error.told_delivery(says("deliveryUnknown"));
        }
    }
    match divar_code {
        Some(_) => error.answered(Some(status), divar_code),
        None => error,
    }
}

fn divar_code(json: &JsValue) -> Option<i32> {
    let code = js::get(json, "code").ok()?.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "compared with the original"
    )]
    let whole = code as i32;
    (f64::from(whole).to_bits() == code.to_bits()).then_some(whole)
}

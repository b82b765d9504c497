//! Reading an answer.

use gloo_net::http::Response;
use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::{abort, request};
use crate::contract::answer::{self, Body};
use crate::error::{Code, Error, Failure, Stage};
use crate::js;

/// An answer that was a success and JSON.
pub struct Answer {
    stage: Stage,
    status: u16,
    json: JsValue,
}

impl Answer {
    /// Reads the whole body.
    ///
    /// # Errors
    ///
    /// The failure that the status or the body tells, `network` if the
    /// connection broke on the way, or the signal's own reason.
    pub async fn read(
        stage: Stage,
        response: Response,
        signal: Option<&AbortSignal>,
    ) -> Result<Self, Failure> {
        let status = response.status();
        let ok = response.ok();
        let content_type = response.headers().get("content-type").unwrap_or_default();
        let text = match text(response.into()).await {
            Ok(text) => text,
            Err(cause) => {
                abort::check(signal)?;
                return Err(request::no_answer(stage, cause).into());
            }
        };
        let json = JSON::parse(&text).ok();
        let failed = |code, words: &str| Failure::from(failed(stage, status, code, &[words]));
        match (Body::of(&content_type, &text), json) {
            (Body::Html, _) => Err(failed(
                Code::HtmlAnswer,
                "a page came in place of an answer",
            )),
            (_, json) if !ok => {
                let json = json.unwrap_or_default();
                Err(refused(stage, status, &json).into())
            }
            (Body::Empty, _) => Err(failed(Code::EmptyAnswer, "the answer was empty")),
            (Body::Data, None) => Err(failed(Code::MalformedAnswer, "the answer was no JSON")),
            (Body::Data, Some(json)) => Ok(Self {
                stage,
                status,
                json,
            }),
        }
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

// Not gloo-net's: it never settles where the promise is rejected with anything
// but an `Error`, such as an abort's reason.
async fn text(response: web_sys::Response) -> Result<String, JsValue> {
    let text = JsFuture::from(Promise::resolve(&response.text()?)).await?;
    Ok(text.as_string().unwrap_or_default())
}

fn failed(stage: Stage, status: u16, code: Code, words: &[&str]) -> Error {
    // A redirect that was not followed shows as status 0 in browsers.
    let shown = (status > 0).then_some(status);
    Error::new(stage, code, words)
        .answered(shown, None)
        .retryable(answer::is_retryable(status))
}

/// What an HTTP status says, with what Divar's google.rpc.Status adds.
fn refused(stage: Stage, status: u16, json: &JsValue) -> Error {
    let divar_code = divar_code(json);
    let code = answer::refusal(status, divar_code);
    let said = js::text(json, "message");
    let number = status.to_string();
    let words: &[&str] = match (status, said.as_str()) {
        (0 | 300..=399, _) => &["a redirect was answered and not followed"],
        (_, "") => &["HTTP ", &number],
        (_, said) => &["HTTP ", &number, ": ", said],
    };
    let error = failed(stage, status, code, words);
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

//! What an answer says, whichever way it was received.

use js_sys::{Array, Date, JSON, Reflect};
use wasm_bindgen::prelude::*;

use crate::decimal::decimal;
use crate::divar::status;
use crate::error::{Code, Error, Stage};

/// The text of an answer.
pub enum BodyText {
    /// All of it.
    Whole(String),
    /// It is longer than is read, or not UTF-8.
    Unreadable,
}

/// An answer as it was received.
pub struct RawAnswer {
    /// The HTTP status; 0 for a redirect that a browser did not follow.
    pub status: u16,
    /// `Content-Type`, or nothing.
    pub content_type: String,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// The body.
    pub text: BodyText,
}

/// The body of an answer.
enum Body {
    Json(Json),
    Empty,
    /// A page, as a CDN or gateway sends.
    Html,
    Other,
}

/// An answer that was a success: JSON, or nothing to a message.
pub struct Answer {
    stage: Stage,
    status: u16,
    json: Json,
}

impl Answer {
    /// Reads an answer.
    ///
    /// # Errors
    ///
    /// What the status says, or the body of a success that is no JSON.
    pub fn read(stage: Stage, raw: RawAnswer) -> Result<Self, Error> {
        let status = raw.status;
        let body = match Body::of(&raw) {
            // HTTP 2xx alone says that a message was delivered: Divar requires no field of the answer.
            Body::Empty if stage == Stage::Message => Body::Json(Json::NONE),
            body => body,
        };
        let retry_after_ms = raw.retry_after.as_deref().and_then(retry_after_ms);
        let failed = |code, message: &str| {
            let mut error = Error::new(stage, code, message);
            // A redirect that was not followed shows as status 0 in browsers.
            error.status = (status > 0).then_some(status);
            error.retryable = status::is_retryable(status);
            error.retry_after_ms = retry_after_ms;
            error.delivery_unknown =
                stage == Stage::Message && status::may_have_taken_effect(status);
            error
        };
        let error = match body {
            Body::Json(json) if status::is_success(status) => {
                return Ok(Self {
                    stage,
                    status,
                    json,
                });
            }
            Body::Json(json) => refused(failed(Code::Rejected, ""), status, &json),
            Body::Html if status::is_success(status) || status >= 500 => {
                failed(Code::HtmlAnswer, "an HTML page was answered")
            }
            _ if !status::is_success(status) => {
                refused(failed(Code::Rejected, ""), status, &Json::NONE)
            }
            Body::Empty => failed(Code::EmptyAnswer, "the answer was empty"),
            _ => failed(Code::MalformedAnswer, "the answer was not JSON"),
        };
        Err(settle_retryable(error))
    }

    /// The string in field `name`, if it is one that is not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.json.text(name)
    }

    /// The number in field `name`.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        self.json.get(name).as_f64()
    }

    /// The error of this answer, whose status was a good one.
    #[must_use]
    pub fn fault(&self, code: Code, message: impl Into<String>) -> Error {
        let mut error = Error::new(self.stage, code, message);
        error.status = Some(self.status);
        error.delivery_unknown = self.stage == Stage::Message;
        error
    }

    /// The error of this answer if its body reports the HTTP status of a refusal.
    #[must_use]
    pub fn refused_by_body(&self, status: u16) -> Error {
        let mut error = Error::new(self.stage, Code::Rejected, "");
        error.status = Some(status);
        error.retryable = status::is_retryable(status);
        error.delivery_unknown = status::may_have_taken_effect(status);
        settle_retryable(refused(error, status, &self.json))
    }
}

/// The error of a request that was sent and not answered.
#[must_use]
pub fn no_answer(stage: Stage) -> Error {
    let mut error = Error::new(stage, Code::Network, "there was no answer");
    error.retryable = true;
    error
}

impl Body {
    /// JSON is JSON whatever its declared type: PHP declares `text/html` by default.
    fn of(raw: &RawAnswer) -> Self {
        let BodyText::Whole(text) = &raw.text else {
            return Self::Other;
        };
        if let Ok(json) = JSON::parse(text) {
            return Self::Json(Json(json));
        }
        let text = text.trim_ascii_start();
        if text.is_empty() {
            Self::Empty
        } else if raw.content_type.starts_with("text/html") || text.as_bytes().starts_with(b"<") {
            Self::Html
        } else {
            Self::Other
        }
    }
}

/// A parsed body, of whatever kind.
struct Json(JsValue);

impl Json {
    const NONE: Self = Self(JsValue::UNDEFINED);

    /// A field; undefined where the body is no object.
    fn get(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &name.into()).unwrap_or_default()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name).as_string().filter(|text| !text.is_empty())
    }

    /// The `code` of a google.rpc.Status.
    fn divar_code(&self) -> Option<i32> {
        let code = self.get("code").as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "compared with the original"
        )]
        let whole = code as i32;
        (f64::from(whole).to_bits() == code.to_bits()).then_some(whole)
    }
}

/// What a status that is no success says, with what the body adds: Divar's google.rpc.Status, or the
/// error of an app's own server with this package.
fn refused(mut error: Error, status: u16, json: &Json) -> Error {
    error.divar_code = json.divar_code();
    error.details = Some(json.get("details")).filter(Array::is_array);
    error.message = match (status, json.text("message")) {
        (0 | 300..=399, _) => "a redirect was answered and not followed".to_owned(),
        (_, None) => ["HTTP ", &decimal(status.into())].concat(),
        (_, Some(said)) => ["HTTP ", &decimal(status.into()), ": ", &said].concat(),
    };
    let Some(handed_on) = json.text("code").and_then(|name| Code::from_name(&name)) else {
        error.code = status::refusal(status, error.divar_code);
        return error;
    };
    // The app's server knows whether its own try would have succeeded later, and whether the message
    // may have been delivered: its status may say otherwise.
    let says = |name, otherwise| json.get(name).as_bool().unwrap_or(otherwise);
    error.code = handed_on;
    error.retryable = says("retryable", error.retryable);
    error.delivery_unknown =
        error.stage == Stage::Message && says("deliveryUnknown", error.delivery_unknown);
    error
}

/// The same call would send a message twice where it may have been delivered.
fn settle_retryable(mut error: Error) -> Error {
    error.retryable &= !error.delivery_unknown;
    error
}

/// The wait that `Retry-After` asks for, in milliseconds: seconds or a date (RFC 9110, section 10.2.3).
fn retry_after_ms(value: &str) -> Option<f64> {
    let value = value.trim_ascii();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(f64::from(seconds) * 1000.0);
    }
    let wait = Date::parse(value) - Date::now();
    (!wait.is_nan()).then(|| wait.max(0.0))
}

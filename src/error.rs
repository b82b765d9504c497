//! The one kind of failure, and the only place that turns it into the `DivarMediaError` that
//! JavaScript sees.

mod code;
#[cfg(test)]
mod generated;
mod stage;

use std::ops::{Deref, DerefMut};

use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

pub use code::{Code, UserMessage};
pub use stage::Stage;

/// `error.name`, by which `isDivarError` recognises an error of another realm or copy of the package.
pub const NAME: &str = "DivarMediaError";

/// A failure with a code. In a box, since every result carries it.
#[derive(Debug)]
pub struct Error(Box<Inner>);

/// What is known of a failure.
#[derive(Debug)]
pub struct Inner {
    /// What went wrong.
    pub code: Code,
    /// The step that failed.
    pub stage: Stage,
    /// For the developer.
    pub message: String,
    /// The answer's HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The `code` of Divar's google.rpc.Status.
    pub divar_code: Option<i32>,
    /// The `details` of Divar's google.rpc.Status, as they were received.
    pub details: Option<JsValue>,
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// The wait that the server asked for, in milliseconds.
    pub retry_after_ms: Option<f64>,
    /// Whether a message may have been delivered although its answer was lost.
    pub delivery_unknown: bool,
    /// The media token, if one was received: the caller resumes with it.
    pub media_token: Option<String>,
    /// The platform's own exception.
    pub cause: Option<JsValue>,
}

impl Error {
    /// A failure of which only the essentials are known.
    #[must_use]
    pub fn new(stage: Stage, code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            stage,
            message: message.into(),
            status: None,
            divar_code: None,
            details: None,
            retryable: false,
            retry_after_ms: None,
            delivery_unknown: false,
            media_token: None,
            cause: None,
        }))
    }

    /// An argument or option that is missing or wrong.
    #[must_use]
    pub fn invalid_argument(stage: Stage, message: impl Into<String>) -> Self {
        Self::new(stage, Code::InvalidArgument, message)
    }

    /// With the platform's own exception.
    #[must_use]
    pub fn with_cause(mut self, cause: JsValue) -> Self {
        self.cause = Some(cause).filter(|cause| !cause.is_undefined());
        self
    }

    /// With the media token that the caller can resume with.
    #[must_use]
    pub fn with_media_token(mut self, media_token: Option<String>) -> Self {
        self.media_token = media_token;
        self
    }
}

impl Deref for Error {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Inner {
        &mut self.0
    }
}

/// The fields of a `DivarMediaError` that are plain data, as JavaScript names them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'a> {
    code: &'static str,
    stage: &'static str,
    retryable: bool,
    delivery_unknown: bool,
    user_message: UserMessage,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    divar_code: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_token: Option<&'a str>,
}

#[wasm_bindgen]
extern "C" {
    /// Where `Error.captureStackTrace` exists (V8, and others since 2025), it writes the stack again,
    /// with the error's present name in its first line.
    #[wasm_bindgen(catch, js_namespace = Error, js_name = captureStackTrace)]
    fn capture_stack_trace(error: &Object) -> Result<(), JsValue>;
}

impl From<Error> for JsValue {
    fn from(Error(error): Error) -> Self {
        let thrown: Object = js_sys::Error::new(&error.message).unchecked_into();
        // Not enumerable, as the `name` of the built-in errors.
        let name = Object::new();
        let _ = Reflect::set(&name, &"value".into(), &NAME.into());
        Object::define_property(&thrown, &"name".into(), &name);
        let _ = capture_stack_trace(&thrown);
        let fields = Fields {
            code: error.code.name(),
            stage: error.stage.name(),
            retryable: error.retryable,
            delivery_unknown: error.delivery_unknown,
            user_message: error.code.user_message(),
            status: error.status.map(f64::from),
            divar_code: error.divar_code.map(f64::from),
            retry_after_ms: error.retry_after_ms,
            media_token: error.media_token.as_deref(),
        };
        Object::assign(&thrown, crate::plain_data::to_js(&fields).unchecked_ref());
        for (name, value) in [("details", error.details), ("cause", error.cause)] {
            if let Some(value) = value {
                let _ = Reflect::set(&thrown, &name.into(), &value);
            }
        }
        thrown.into()
    }
}

/// How a call can fail.
#[derive(Debug)]
pub enum Failure {
    /// With an error of this package.
    Error(Error),
    /// With the reason of the caller's own signal, or with what a function of the caller's threw. It
    /// is handed on as it is.
    Thrown(JsValue),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Error(error) => error.into(),
            Failure::Thrown(reason) => reason,
        }
    }
}

impl Failure {
    /// The same failure, its error changed by `change`.
    #[must_use]
    pub fn map_error(self, change: impl FnOnce(Error) -> Error) -> Self {
        match self {
            Self::Error(error) => change(error).into(),
            thrown @ Self::Thrown(_) => thrown,
        }
    }
}

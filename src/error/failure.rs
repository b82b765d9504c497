//! A failure as the handler meets it.

use wasm_bindgen::prelude::*;

use super::{Code, Stage};
use crate::js;

#[wasm_bindgen(module = "/pkg/error.js")]
extern "C" {
    fn failed(stage: u32, code: u32, message: &str, cause: &JsValue, fields: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = codeOf)]
    fn code_of(code: &JsValue) -> f64;
}

/// An error of ours, as JavaScript has it.
#[derive(Debug)]
pub struct Error(JsValue);

impl Error {
    /// A failure with only the essentials known.
    #[must_use]
    pub fn new(stage: Stage, code: Code, words: &str) -> Self {
        Self::of(stage, code, words, &JsValue::UNDEFINED)
    }

    /// With the platform's own exception.
    #[must_use]
    pub fn of(stage: Stage, code: Code, words: &str, cause: &JsValue) -> Self {
        let fields = js::empty();
        Self(failed(stage as u32, code as u32, words, cause, &fields))
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        Code::from_number(code_of(&js::get(&self.0, "code")))
    }

    /// The answer's HTTP status, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        let status = js::number(&self.0, "status");
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates"
        )]
        (!status.is_nan()).then_some(status as u16)
    }

    /// One of its fields.
    #[must_use]
    pub fn field(&self, name: &str) -> JsValue {
        js::get(&self.0, name)
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        error.0
    }
}

/// How a call can end other than well.
#[derive(Debug)]
pub enum Failure {
    /// A failure of ours, with a code.
    Error(Error),
    /// The reason of the caller's own signal, or what a function of the caller's
    /// threw; handed on untouched.
    Theirs(JsValue),
}

impl Failure {
    /// What one of our own calls was rejected with.
    #[must_use]
    pub fn of(reason: JsValue) -> Self {
        if js::is(&reason, "name", "DivarMediaError") {
            Self::Error(Error(reason))
        } else {
            Self::Theirs(reason)
        }
    }
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
            Failure::Theirs(value) => value,
        }
    }
}

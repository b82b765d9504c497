//! What the handler answers.

use gloo_net::http::Response;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::arrival::Origin;
use crate::error::{Code, Error, Failure, Stage};

/// How long a browser may keep what a pre-flight told, in seconds.
const PRE_FLIGHT_AGE: &str = "7200";

/// An answer.
pub struct Reply {
    status: u16,
    body: Option<Object>,
    headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// A good answer with one field.
    pub fn of(name: &str, value: &str) -> Self {
        let reply = Self {
            status: 200,
            body: Some(Object::new()),
            headers: Vec::new(),
        };
        reply.and(name, value)
    }

    /// With one more field.
    pub fn and(self, name: &str, value: &str) -> Self {
        if let Some(body) = &self.body {
            let _ = Reflect::set(body, &name.into(), &value.into());
        }
        self
    }

    /// The answer to a pre-flight of a page that may call.
    pub fn pre_flight() -> Self {
        let headers = [
            ("Access-Control-Allow-Methods", "POST"),
            (
                "Access-Control-Allow-Headers",
                "authorization, content-type",
            ),
            ("Access-Control-Max-Age", PRE_FLIGHT_AGE),
        ];
        Self {
            status: 204,
            body: None,
            headers: headers.map(|(name, value)| (name, value.to_owned())).into(),
        }
    }

    /// As the platform's `Response`. Nothing of it may be kept: it may hold a
    /// token.
    ///
    /// # Errors
    ///
    /// What the platform throws.
    pub fn response(self, origin: &Origin) -> Result<JsValue, JsValue> {
        let mut builder = Response::builder()
            .status(self.status)
            .header("Cache-Control", "no-store")
            .header("X-Content-Type-Options", "nosniff")
            .header("Vary", "Origin");
        if let Origin::Allowed(origin) = origin {
            builder = builder
                .header("Access-Control-Allow-Origin", origin)
                .header("Access-Control-Expose-Headers", "retry-after");
        }
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        let response = match self.body {
            Some(body) => {
                let text = String::from(JSON::stringify(&body)?);
                let builder = builder.header("Content-Type", "application/json");
                builder.body(Some(text.as_str()))
            }
            None => builder.body(None::<&str>),
        };
        let response = response.map_err(|_| JsValue::from("no Response could be made"))?;
        Ok(web_sys::Response::from(response).into())
    }
}

/// Why there is no good answer.
pub enum Problem {
    /// The request is at fault: who asks is told why.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The error that the page gets.
        error: Error,
    },
    /// Divar, or a function of the app's, failed: who asks is told the code, and
    /// the app's log the rest.
    Failed(Failure),
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            // The file or the message that came in was at fault, not Divar's answer.
            Failure::Error(error)
                if error.code() == Some(Code::FileTooLarge) && error.status().is_none() =>
            {
                Self::of_request(413, error)
            }
            failure => Self::Failed(failure),
        }
    }
}

impl Problem {
    /// A request that is refused with this status.
    pub fn refused(status: u16, stage: Stage, words: &str) -> Self {
        let code = match status {
            401 => Code::Unauthorized,
            403 => Code::Forbidden,
            404 => Code::NotFound,
            413 => Code::FileTooLarge,
            415 if stage == Stage::Upload => Code::UnsupportedFormat,
            400 if stage == Stage::Upload => Code::FileEmpty,
            _ => Code::Rejected,
        };
        Self::of_request(status, Error::new(stage, code, words))
    }

    /// A request that is refused with this status for what `error` says.
    pub fn of_request(status: u16, error: Error) -> Self {
        Self::Refused { status, error }
    }

    /// The answer, and what the app's log is to be told.
    pub fn explain(self) -> (Reply, Option<JsValue>) {
        match self {
            Self::Refused { status, error } => {
                let told = error.handed_on(true);
                (failed(status, &error, told), None)
            }
            Self::Failed(Failure::Error(error)) => {
                let status = error.handed_on_status();
                let told = error.handed_on(false);
                (failed(status, &error, told), Some(error.into()))
            }
            Self::Failed(Failure::Theirs(thrown)) => {
                let words = "the app's own function failed";
                let error = Error::new(Stage::Token, Code::ServerError, words);
                let told = error.handed_on(false);
                (failed(500, &error, told), Some(thrown))
            }
        }
    }
}

fn failed(status: u16, error: &Error, body: JsValue) -> Reply {
    let seconds = error.retry_after_seconds();
    let after = seconds.map(|seconds| ("Retry-After", seconds.to_string()));
    let allow = (status == 405).then(|| ("Allow", "POST, OPTIONS".to_owned()));
    Reply {
        status,
        body: body.dyn_into().ok(),
        headers: after.into_iter().chain(allow).collect(),
    }
}

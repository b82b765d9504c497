//! What the handler answers.

use gloo_net::http::Response;
use serde::Serialize;
use wasm_bindgen::JsValue;

use super::origin::CallOrigin;
use crate::plain_data;

/// How long a browser may keep the answer to a pre-flight, in seconds.
const PREFLIGHT_MAX_AGE: &str = "7200";

/// What pages may always send.
const ALLOWED_HEADERS: &str = "authorization, content-type";

/// The longest list of further headers that a pre-flight may ask for, in bytes.
const MAX_REQUESTED_HEADERS: usize = 1024;

/// An answer.
pub struct Reply {
    status: u16,
    body: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// A success with a JSON body.
    pub fn ok(body: &impl Serialize) -> Self {
        Self::json(200, body)
    }

    /// A JSON body with this status.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        Self {
            status,
            body: Some(plain_data::to_json(body)),
            headers: Vec::new(),
        }
    }

    /// The answer to a pre-flight of a page that may call. Its app may send headers of its own, a CSRF
    /// token's for one.
    pub fn preflight(requested_headers: Option<String>) -> Self {
        let requested = requested_headers.filter(|it| it.len() <= MAX_REQUESTED_HEADERS);
        let allowed = match requested {
            Some(requested) => [ALLOWED_HEADERS, ", ", &requested].concat(),
            None => ALLOWED_HEADERS.to_owned(),
        };
        Self {
            status: 204,
            body: None,
            headers: vec![
                ("Access-Control-Allow-Methods", "POST".to_owned()),
                ("Access-Control-Allow-Headers", allowed),
                ("Access-Control-Max-Age", PREFLIGHT_MAX_AGE.to_owned()),
            ],
        }
    }

    /// With one more header.
    pub fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// As the platform's `Response`, for a page of `origin`. No cache may keep it: it may hold a token.
    ///
    /// # Errors
    ///
    /// What the platform throws.
    pub fn into_response(self, origin: &CallOrigin) -> Result<JsValue, JsValue> {
        let mut builder = Response::builder()
            .status(self.status)
            .header("Cache-Control", "no-store")
            .header("X-Content-Type-Options", "nosniff")
            .header("Vary", "Origin");
        if let CallOrigin::Allowed(origin) = origin {
            builder = builder
                .header("Access-Control-Allow-Origin", origin)
                .header("Access-Control-Expose-Headers", "retry-after");
        }
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        let response = match &self.body {
            Some(body) => builder
                .header("Content-Type", "application/json")
                .body(Some(body.as_str())),
            None => builder.body(None::<&str>),
        };
        let response = response.map_err(|_| js_sys::Error::new("no Response could be made"))?;
        Ok(web_sys::Response::from(response).into())
    }
}

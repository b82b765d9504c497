//! Divar's error shape, `google.rpc.Status` as JSON.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::Value;

/// An error answer: the HTTP status, and the fields of its JSON body.
///
/// `message` goes to the client and into the log, so it never holds a key or an upload token.
#[derive(Debug, Clone)]
pub struct Status {
    http: StatusCode,
    code: i32,
    message: String,
    details: Vec<Value>,
}

#[derive(Serialize)]
struct Body<'a> {
    code: i32,
    message: &'a str,
    details: &'a [Value],
}

/// Why a request was refused, for the record and the log; an extension of the response.
#[derive(Debug, Clone)]
pub struct Refusal(pub String);

impl Status {
    fn new(http: StatusCode, code: i32, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            http,
            code,
            message,
            details: Vec::new(),
        }
    }

    /// HTTP 400, code 3: the request is invalid.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 3, message)
    }

    /// HTTP 401, code 16: key or token missing, wrong, spent or expired.
    pub fn unauthenticated(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 16, message)
    }

    /// HTTP 403, code 7.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, 7, message)
    }

    /// HTTP 404, code 5.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, 5, message)
    }

    /// HTTP 405, code 12: the route exists, the method does not.
    pub fn wrong_method(message: impl Into<String>) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, 12, message)
    }

    /// HTTP 413, code 3.
    pub fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, 3, message)
    }

    /// HTTP 412, code 9, with the sentence that Divar publishes for a blocked recipient.
    pub fn blocked() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            9,
            "message delivery failed due to recipient's restriction",
        )
    }

    /// HTTP 500, code 13: the emulator itself failed, for example at its disk.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, 13, message)
    }

    /// The answer of a scripted fault: `http` as it is, the code that goes with it, and `details`.
    pub fn scripted(http: StatusCode, details: Vec<Value>) -> Self {
        let reason = http.canonical_reason().unwrap_or("unnamed status");
        Self {
            details,
            ..Self::new(http, code_of(http), format!("scripted fault: {reason}"))
        }
    }
}

/// The `google.rpc.Code` that goes with an HTTP status; 2, unknown, where none does.
fn code_of(http: StatusCode) -> i32 {
    match http.as_u16() {
        200..=299 => 0,
        400 | 413 => 3,
        401 => 16,
        403 => 7,
        404 => 5,
        408 | 504 => 4,
        409 => 10,
        412 => 9,
        429 => 8,
        500 => 13,
        501 => 12,
        502 | 503 => 14,
        _ => 2,
    }
}

impl IntoResponse for Status {
    fn into_response(self) -> Response {
        let body = Body {
            code: self.code,
            message: &self.message,
            details: &self.details,
        };
        let mut response = (self.http, Json(body)).into_response();
        response.extensions_mut().insert(Refusal(self.message));
        response
    }
}

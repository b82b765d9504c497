//! What a fault does, and the answers that it gives.

use std::time::Duration;

use axum::{
    Json,
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::status::Status;

/// The longest that a stall or a delay holds a connection.
pub const MAX_WAIT: Duration = Duration::from_mins(10);

/// An error page of a CDN.
const CDN_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Error</title></head>\
    <body><h1>The server is temporarily unable to answer.</h1></body></html>\n";

/// What happens to a request that meets the fault. Counts of bytes are bytes of the HTTP body, form
/// boundaries included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultAction {
    /// An error instead of the real answer; nothing is accepted.
    Status {
        /// The HTTP status.
        status: u16,
        /// The `Retry-After` header, sent unchanged.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        retry_after: Option<String>,
        /// The shape of the body.
        #[serde(default)]
        body: ErrorBody,
        /// The `details` of the shape `status`.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        details: Vec<Value>,
    },
    /// These bytes instead of the real answer; nothing is accepted.
    Body {
        /// The HTTP status, 200 where left out.
        #[serde(default = "ok")]
        status: u16,
        /// The `Content-Type` header, `application/json` where left out.
        #[serde(default = "json_type")]
        content_type: String,
        /// The `Retry-After` header, sent unchanged.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        retry_after: Option<String>,
        /// The body.
        text: String,
    },
    /// The real answer, late.
    Delay {
        /// Milliseconds after the whole body has been read.
        ms: u64,
    },
    /// Stops reading the request body and holds the connection.
    StallRequest {
        /// Bytes of the body that are still read.
        #[serde(default)]
        after: u64,
    },
    /// Sends the head and the first bytes of the real answer, then nothing.
    StallResponse {
        /// Bytes of the answer's body that are still sent; its last byte never is.
        #[serde(default)]
        after: u64,
    },
    /// Resets the connection while the request body is read.
    ResetRequest {
        /// Bytes of the body that are still read.
        #[serde(default)]
        after: u64,
    },
    /// Resets the connection inside the real answer.
    ResetResponse {
        /// Bytes of the answer's body that are still sent; its last byte never is.
        #[serde(default)]
        after: u64,
    },
    /// Accepts the request, then resets the connection instead of answering.
    ResetAccepted {},
}

/// The body of a scripted error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorBody {
    /// Divar's own, `google.rpc.Status`.
    #[default]
    Status,
    /// A page from a CDN.
    Html,
    /// No body.
    Empty,
    /// JSON of another shape.
    Json,
}

fn ok() -> u16 {
    200
}

fn json_type() -> String {
    "application/json".to_owned()
}

impl FaultAction {
    /// Refuses values that cannot be sent.
    ///
    /// # Errors
    ///
    /// A sentence that names the value.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::Status {
                status,
                retry_after,
                body,
                details,
            } => {
                check_status(*status)?;
                if *body != ErrorBody::Status && !details.is_empty() {
                    return Err("\"details\" are part of the body \"status\" alone".to_owned());
                }
                check_header("retry_after", retry_after.as_deref().unwrap_or_default())
            }
            Self::Body {
                status,
                content_type,
                retry_after,
                ..
            } => {
                check_status(*status)?;
                check_header("retry_after", retry_after.as_deref().unwrap_or_default())?;
                check_header("content_type", content_type)
            }
            Self::Delay { ms } if Duration::from_millis(*ms) > MAX_WAIT => {
                Err("\"delay\" is at most 600000 ms".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// The bytes that the action takes, about.
    pub fn size(&self) -> u64 {
        let (texts, details) = match self {
            Self::Status {
                retry_after,
                details,
                ..
            } => (
                retry_after.as_ref().map_or(0, String::len),
                details.as_slice(),
            ),
            Self::Body {
                content_type, text, ..
            } => (content_type.len() + text.len(), &[][..]),
            _ => (0, &[][..]),
        };
        // A parsed number takes a Value, which has many times the bytes of its one digit.
        let details = json!(details).to_string().len() * size_of::<Value>();
        (size_of::<Self>() + texts + details) as u64
    }

    /// The answer that replaces the real one, for actions that have one.
    pub fn answer(&self) -> Option<Response> {
        match self {
            Self::Status {
                status,
                retry_after,
                body,
                details,
            } => {
                let response = body.respond(http_status(*status)?, details);
                with_retry_after(response, retry_after.as_deref())
            }
            Self::Body {
                status,
                content_type,
                retry_after,
                text,
            } => {
                let head = [(header::CONTENT_TYPE, content_type.clone())];
                let response = (http_status(*status)?, head, text.clone()).into_response();
                with_retry_after(response, retry_after.as_deref())
            }
            _ => None,
        }
    }
}

fn with_retry_after(mut response: Response, retry_after: Option<&str>) -> Option<Response> {
    if let Some(value) = retry_after {
        let value = HeaderValue::from_str(value).ok()?;
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    Some(response)
}

fn http_status(status: u16) -> Option<StatusCode> {
    StatusCode::from_u16(status).ok()
}

fn check_status(status: u16) -> Result<(), String> {
    if (200..=599).contains(&status) {
        Ok(())
    } else {
        Err(format!(
            "{status} is not a final HTTP status: use one from 200 to 599"
        ))
    }
}

fn check_header(key: &str, value: &str) -> Result<(), String> {
    HeaderValue::from_str(value)
        .map(drop)
        .map_err(|_| format!("\"{key}\" cannot be sent in a header: it has a control character"))
}

impl ErrorBody {
    fn respond(self, http: StatusCode, details: &[Value]) -> Response {
        let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
        match self {
            Self::Status => Status::scripted(http, details.to_vec()).into_response(),
            Self::Html => (http, html, CDN_PAGE).into_response(),
            Self::Empty => (http, Body::empty()).into_response(),
            Self::Json => (http, Json(json!({ "error": "scripted fault" }))).into_response(),
        }
    }
}

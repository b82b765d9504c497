//! The script of faults: what the next requests will meet, and the answers that it invents.

use std::time::Duration;

use axum::{
    Json,
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{journal::Route, status::Status};

/// The longest that a stall or a delay holds a connection.
pub const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// What a CDN puts in front of a server that does not answer.
const CDN_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Error</title></head>\
    <body><h1>The server is temporarily unable to answer.</h1></body></html>\n";

/// One entry of the script: which requests it waits for, how many of them, and what they meet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Fault {
    on: On,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    times: u32,
    /// What happens.
    #[serde(flatten)]
    pub act: Act,
}

/// The requests that a fault waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum On {
    Token,
    Upload,
    Message,
    Conversation,
    Other,
    Any,
}

/// What a fault does to the one request that it meets. Counts of bytes are bytes of the HTTP body,
/// form boundaries included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// An error in place of the answer; nothing is accepted.
    Status {
        /// The HTTP status.
        status: u16,
        /// The `Retry-After` header, sent as it stands here.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        retry_after: Option<String>,
        /// The shape of the body.
        #[serde(default)]
        body: Shape,
        /// The `details` of the shape `status`.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        details: Vec<Value>,
    },
    /// These very bytes in place of the answer; nothing is accepted.
    Body {
        /// The HTTP status, 200 where left out.
        #[serde(default = "ok")]
        status: u16,
        /// The `Content-Type` header, `application/json` where left out.
        #[serde(default = "json_type")]
        content_type: String,
        /// The `Retry-After` header, sent as it stands here.
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
    /// Sends the head and the beginning of the real answer, then nothing more.
    StallResponse {
        /// Bytes of the answer's body that are still sent; its last byte never is.
        #[serde(default)]
        after: u64,
    },
    /// Resets the connection while the request body comes in.
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
    /// Does everything that was asked, then resets the connection in place of answering.
    ResetAccepted {},
}

/// The body of a scripted error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
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

impl TryFrom<Map<String, Value>> for Fault {
    type Error = String;

    fn try_from(mut spec: Map<String, Value>) -> Result<Self, String> {
        let on = take(&mut spec, "on")?;
        let token = take(&mut spec, "token")?;
        let times = take(&mut spec, "times")?.unwrap_or(1);
        let act = serde_json::from_value(Value::Object(spec)).map_err(|error| {
            format!("beside \"on\", \"token\" and \"times\" a fault has exactly one key: {error}")
        })?;
        let on = on.unwrap_or(if token.is_some() { On::Upload } else { On::Any });
        let fault = Self {
            on,
            token,
            times,
            act,
        };
        fault.check().map(|()| fault)
    }
}

fn take<T: serde::de::DeserializeOwned>(
    spec: &mut Map<String, Value>,
    key: &str,
) -> Result<Option<T>, String> {
    spec.remove(key)
        .map(|value| serde_json::from_value(value).map_err(|error| format!("\"{key}\": {error}")))
        .transpose()
}

impl Fault {
    fn check(&self) -> Result<(), String> {
        if self.times == 0 {
            return Err("\"times\" is how many requests meet the fault: 1 or more".to_owned());
        }
        if self.token.is_some() && self.on != On::Upload {
            return Err("\"token\" names an upload token, so \"on\" can only be \"upload\"".into());
        }
        self.act.check()
    }

    /// Whether a request on `route` with this upload token meets the fault.
    pub fn waits_for(&self, route: Route, token: Option<&str>) -> bool {
        let on_route = match self.on {
            On::Any => route != Route::Other,
            On::Token => route == Route::Token,
            On::Upload => route == Route::Upload,
            On::Message => route == Route::Message,
            On::Conversation => route == Route::Conversation,
            On::Other => route == Route::Other,
        };
        on_route && (self.token.is_none() || self.token.as_deref() == token)
    }

    /// Counts one request that met the fault; `false` when it was the last.
    pub fn count_one(&mut self) -> bool {
        self.times -= 1;
        self.times > 0
    }
}

impl Act {
    fn check(&self) -> Result<(), String> {
        match self {
            Self::Status {
                status,
                retry_after,
                body,
                details,
            } => {
                check_status(*status)?;
                if *body != Shape::Status && !details.is_empty() {
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
            Self::Delay { ms } if Duration::from_millis(*ms) > LONGEST_WAIT => {
                Err("\"delay\" waits at most 600000 ms, ten minutes".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// The answer that takes the place of the real one, if the fault brings its own.
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
            "{status} is no final HTTP status: take one from 200 to 599"
        ))
    }
}

fn check_header(key: &str, value: &str) -> Result<(), String> {
    HeaderValue::from_str(value)
        .map(drop)
        .map_err(|_| format!("\"{key}\" cannot be sent in a header: it has a control character"))
}

impl Shape {
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

//! Why a request gets no success.

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::reply::Reply;
use crate::decimal::decimal;
use crate::error::{Code, Error, Failure, Stage, UserMessage};

/// Why a request gets no success.
pub enum Rejection {
    /// The request is at fault: the page learns why.
    Request {
        /// The HTTP status.
        status: u16,
        /// Why.
        error: Error,
        /// Whether the app's log learns it, too: a page of the app's own that is refused points to a
        /// missing setting.
        is_logged: bool,
    },
    /// Divar, or a function of the app's, failed: the page learns the code, and the app's log the rest.
    Upstream(Failure),
    /// The client is gone: nobody reads the answer.
    ClientGone,
}

/// An error as a page gets it, which the package's own client reads again.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody<'a> {
    code: &'static str,
    stage: &'static str,
    retryable: bool,
    delivery_unknown: bool,
    user_message: UserMessage,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

impl From<Failure> for Rejection {
    fn from(failure: Failure) -> Self {
        match failure {
            // The body that the page sent was too long, not Divar's answer.
            Failure::Error(error) if error.code == Code::FileTooLarge && error.status.is_none() => {
                Self::of_request(413, error)
            }
            failure => Self::Upstream(failure),
        }
    }
}

impl Rejection {
    /// A request that is refused with this status.
    pub fn of_request(status: u16, error: Error) -> Self {
        Self::Request {
            status,
            error,
            is_logged: false,
        }
    }

    /// 400: the body is no such as the route takes.
    pub fn bad_request(stage: Stage, message: &str) -> Self {
        Self::of_request(400, Error::invalid_argument(stage, message))
    }

    /// 401: `authorize` does not know who asks.
    pub fn unauthorized(stage: Stage) -> Self {
        let error = Error::new(stage, Code::Unauthorized, "the user is not signed in");
        Self::of_request(401, error)
    }

    /// 403: who asks may not do this.
    pub fn forbidden(stage: Stage, message: &str) -> Self {
        Self::of_request(403, Error::new(stage, Code::Forbidden, message))
    }

    /// 403: pages of this origin may not call.
    pub fn foreign_origin(stage: Stage, origin: Option<&str>) -> Self {
        let origin = origin.unwrap_or("unknown");
        let words = [
            "a page of the origin ",
            origin,
            " may not call this handler; allowedOrigins lists those that may",
        ];
        Self::Request {
            status: 403,
            error: Error::new(stage, Code::Forbidden, words.concat()),
            is_logged: true,
        }
    }

    /// 404: no such route.
    pub fn not_found() -> Self {
        let error = Error::new(Stage::Token, Code::NotFound, "there is no such route");
        Self::of_request(404, error)
    }

    /// 405: not a `POST`.
    pub fn wrong_method(stage: Stage) -> Self {
        let error = Error::new(stage, Code::Rejected, "the route takes POST only");
        Self::of_request(405, error)
    }

    /// 413: too long.
    pub fn too_large(stage: Stage, message: &str) -> Self {
        Self::of_request(413, Error::new(stage, Code::FileTooLarge, message))
    }

    /// 415: a `Content-Type` that the route does not take.
    pub fn wrong_content_type(stage: Stage) -> Self {
        let message = "the body must have the Content-Type of the route";
        Self::of_request(415, Error::new(stage, Code::Rejected, message))
    }

    /// 415: a file of another format.
    pub fn unsupported_format() -> Self {
        let message = "the file is of no format that its type takes";
        let error = Error::new(Stage::Upload, Code::UnsupportedFormat, message);
        Self::of_request(415, error)
    }

    /// The answer, and what the app's log learns.
    pub fn into_reply(self, stage: Stage) -> (Reply, Option<JsValue>) {
        match self {
            Self::Request {
                status,
                error,
                is_logged,
            } => {
                let reply = reply(status, &error, Some(&error.message));
                (reply, is_logged.then(|| error.into()))
            }
            Self::Upstream(Failure::Error(error)) => {
                let reply = reply(upstream_status(&error), &error, None);
                (reply, Some(error.into()))
            }
            Self::Upstream(Failure::Thrown(thrown)) => {
                let error = Error::new(stage, Code::ServerError, "");
                (reply(500, &error, None), Some(thrown))
            }
            Self::ClientGone => {
                let error = Error::new(stage, Code::Network, "");
                // nginx's "client closed request"; no published status says it.
                (reply(499, &error, None), None)
            }
        }
    }
}

fn reply(status: u16, error: &Error, message: Option<&str>) -> Reply {
    let body = ErrorBody {
        code: error.code.name(),
        stage: error.stage.name(),
        retryable: error.retryable,
        delivery_unknown: error.delivery_unknown,
        user_message: error.code.user_message(),
        retry_after_ms: error.retry_after_ms,
        message,
    };
    let mut reply = Reply::json(status, &body);
    if let Some(wait) = error.retry_after_ms {
        let seconds = (wait / 1000.0).ceil();
        reply = reply.with_header("Retry-After", decimal(seconds));
    }
    if status == 405 {
        reply = reply.with_header("Allow", "POST, OPTIONS".to_owned());
    }
    reply
}

/// The HTTP status that tells a page of a failure between here and Divar.
fn upstream_status(error: &Error) -> u16 {
    match (error.code, error.status) {
        (Code::RecipientRestricted, _) => 412,
        (Code::RateLimited, _) => 429,
        (Code::NotFound, _) => 404,
        (Code::FileTooLarge, _) => 413,
        (Code::UnsupportedFormat, _) => 415,
        (Code::Stalled | Code::AnswerTimeout | Code::Timeout, _) => 504,
        // A mistake in the app's own options.
        (Code::InvalidArgument | Code::KeyInPage, _) => 500,
        (_, Some(503)) => 503,
        _ => 502,
    }
}

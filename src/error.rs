//! The one kind of failure.

mod sentence;
mod thrown;

use wasm_bindgen::JsValue;

/// Which of the three steps failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Minting an upload token.
    Token,
    /// Uploading the file.
    Upload,
    /// Building or sending the message.
    Message,
}

/// What went wrong. The names that JavaScript sees are in [`Code::name`]; they
/// are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// An argument or option is missing or of the wrong kind. Nothing was sent.
    InvalidArgument,
    /// A page was about to send the API key. Nothing was sent.
    KeyInPage,
    /// The file is not of a format that the media type takes.
    UnsupportedFormat,
    /// The file has no bytes.
    FileEmpty,
    /// The file is larger than the media type allows.
    FileTooLarge,
    /// The file's first bytes could not be read (moved or deleted meanwhile).
    FileUnreadable,
    /// No answer: the host is dead, the connection broke, or CORS refused.
    Network,
    /// HTTP 401: the key or token is wrong, spent or expired.
    Unauthorized,
    /// HTTP 403: the key lacks the permission.
    Forbidden,
    /// HTTP 404: no such conversation, user or route.
    NotFound,
    /// HTTP 412 with code 9: the recipient has blocked the sender.
    RecipientRestricted,
    /// HTTP 429: the minute limit or the daily quota.
    RateLimited,
    /// Any other HTTP status below 500, a redirect included.
    Rejected,
    /// HTTP 5xx.
    ServerError,
    /// A page instead of an answer, as a CDN sends.
    HtmlAnswer,
    /// A success without a body.
    EmptyAnswer,
    /// A success whose body is not JSON.
    MalformedAnswer,
    /// JSON without the field that was promised.
    MissingField,
    /// An upload whose `status` is not `ok`.
    NotOk,
}

/// A failure, with all that is known of it.
#[derive(Debug)]
pub struct Error {
    /// What went wrong.
    pub code: Code,
    /// Where.
    pub stage: Stage,
    /// What to tell the developer, in English.
    pub detail: String,
    /// The answer's HTTP status.
    pub status: Option<u16>,
    /// The `code` of Divar's google.rpc.Status.
    pub divar_code: Option<i32>,
    /// Whether the same call may do better later.
    pub retryable: bool,
    /// Whether a message may have been delivered all the same.
    pub delivery_unknown: bool,
    /// The media token, if one had been given by then.
    pub media_token: Option<String>,
    /// The platform's own exception, or undefined.
    pub cause: JsValue,
}

impl Error {
    /// A failure with only the essentials known.
    #[must_use]
    pub fn new(stage: Stage, code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            stage,
            detail: detail.into(),
            status: None,
            divar_code: None,
            retryable: false,
            delivery_unknown: false,
            media_token: None,
            cause: JsValue::UNDEFINED,
        }
    }
}

/// How a call can end other than well.
#[derive(Debug)]
pub enum Failure {
    /// A failure of ours, with a code.
    Error(Box<Error>),
    /// The caller's signal fired; this is its reason, handed on untouched.
    Aborted(JsValue),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(Box::new(error))
    }
}

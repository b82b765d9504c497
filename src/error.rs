//! The one kind of failure.

#[cfg(feature = "secret")]
mod handed_on;
mod name;
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
    /// The file is cut off, or contradicts its own format.
    FileDamaged,
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
    /// No byte moved for the stall limit, before the last one had gone.
    Stalled,
    /// The answer did not come within its limit after the last byte.
    AnswerTimeout,
    /// The call as a whole took longer than the caller allows.
    Timeout,
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

/// A failure, with all that is known of it. Boxed, since nearly every function
/// of the crate can return one, and moving a pointer is less code.
#[derive(Debug)]
#[cfg_attr(feature = "secret", derive(Clone))]
pub struct Error(Box<Known>);

#[derive(Debug)]
#[cfg_attr(feature = "secret", derive(Clone))]
struct Known {
    code: Code,
    stage: Stage,
    detail: String,
    status: Option<u16>,
    divar_code: Option<i32>,
    retryable: bool,
    retry_after: Option<f64>,
    delivery_unknown: Option<bool>,
    media_token: Option<String>,
    cause: JsValue,
}

impl Error {
    /// A failure with only the essentials known; `words` are joined into the
    /// sentence for the developer, in English.
    #[must_use]
    #[inline(never)]
    pub fn new(stage: Stage, code: Code, words: &[&str]) -> Self {
        Self(Box::new(Known {
            code,
            stage,
            detail: words.concat(),
            status: None,
            divar_code: None,
            retryable: false,
            retry_after: None,
            delivery_unknown: None,
            media_token: None,
            cause: JsValue::UNDEFINED,
        }))
    }

    /// Adds the platform's own exception.
    #[must_use]
    pub fn caused_by(mut self, cause: JsValue) -> Self {
        self.0.cause = cause;
        self
    }

    /// Says whether the same call may do better later.
    #[must_use]
    pub fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// Whether the same call may do better later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Adds how long the server asks to wait, in milliseconds.
    #[must_use]
    pub fn after(mut self, milliseconds: Option<f64>) -> Self {
        self.0.retry_after = milliseconds;
        self
    }

    /// How long the server asks to wait, in milliseconds.
    #[must_use]
    pub fn retry_after(&self) -> Option<f64> {
        self.0.retry_after
    }

    /// Whether a token was refused, as a spent or expired one is.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.0.code == Code::Unauthorized
    }

    /// Whether a body was longer than is taken.
    #[cfg(feature = "secret")]
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.0.code == Code::FileTooLarge
    }

    /// The answer's HTTP status, if there was one.
    #[cfg(feature = "secret")]
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Adds the answer's HTTP status and the `code` of Divar's google.rpc.Status.
    #[must_use]
    pub fn answered(mut self, status: Option<u16>, divar_code: Option<i32>) -> Self {
        self.0.status = status;
        self.0.divar_code = divar_code;
        self
    }

    /// Keeps a media token that had been given by then.
    #[must_use]
    pub fn keeping(mut self, media_token: Option<String>) -> Self {
        self.0.media_token = media_token;
        self
    }

    /// Adds what the app's own server says of a message: whether it may have been
    /// delivered.
    #[must_use]
    pub fn told_delivery(mut self, unknown: Option<bool>) -> Self {
        self.0.delivery_unknown = unknown;
        self
    }

    /// For a message that was on its way: unless it was refused before it left,
    /// or turned away by a status below 500, or the app's own server knows better,
    /// it may have been delivered, although its answer was lost or made no sense.
    /// The same call might send it twice.
    #[must_use]
    pub fn sent(mut self) -> Self {
        let refused = self.0.code == Code::InvalidArgument;
        let turned_away = refused || matches!(self.0.status, Some(300..=499));
        let unknown = self.0.delivery_unknown.unwrap_or(!turned_away);
        self.0.delivery_unknown = Some(unknown);
        if unknown {
            self.0.retryable = false;
        }
        self
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

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

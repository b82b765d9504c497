//! The one kind of failure: what can go wrong, and where. The error itself is made in
//! `pkg/error.js`, which has the names and what is said to people.

#[cfg(feature = "secret")]
mod failure;
#[cfg(feature = "secret")]
mod handed_on;
mod types;

#[cfg(feature = "secret")]
pub use failure::{Error, Failure};

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

/// What went wrong. JavaScript knows them by their place in this list, and gives them their names, which
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

#[cfg(any(feature = "secret", test))]
impl Code {
    const ALL: [Self; 23] = [
        Self::InvalidArgument,
        Self::KeyInPage,
        Self::UnsupportedFormat,
        Self::FileEmpty,
        Self::FileTooLarge,
        Self::FileDamaged,
        Self::FileUnreadable,
        Self::Network,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::RecipientRestricted,
        Self::RateLimited,
        Self::Stalled,
        Self::AnswerTimeout,
        Self::Timeout,
        Self::Rejected,
        Self::ServerError,
        Self::HtmlAnswer,
        Self::EmptyAnswer,
        Self::MalformedAnswer,
        Self::MissingField,
        Self::NotOk,
    ];

    /// The code by its number, if it is one.
    #[must_use]
    pub fn from_number(number: f64) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|code| number.to_bits() == f64::from(*code as u32).to_bits())
    }
}

//! What each failure is called. What it says to people stands in `pkg/error.js`.

use super::{Code, Stage};

impl Stage {
    /// Its name in JavaScript.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Upload => "upload",
            Self::Message => "message",
        }
    }
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 23] = [
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

    /// The code with this name in JavaScript.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }

    /// Its name in JavaScript.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidArgument => "invalid_argument",
            Self::KeyInPage => "key_in_page",
            Self::UnsupportedFormat => "unsupported_format",
            Self::FileEmpty => "file_empty",
            Self::FileTooLarge => "file_too_large",
            Self::FileDamaged => "file_damaged",
            Self::FileUnreadable => "file_unreadable",
            Self::Network => "network",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::RecipientRestricted => "recipient_restricted",
            Self::RateLimited => "rate_limited",
            Self::Stalled => "stalled",
            Self::AnswerTimeout => "answer_timeout",
            Self::Timeout => "timeout",
            Self::Rejected => "rejected",
            Self::ServerError => "server_error",
            Self::HtmlAnswer => "html_answer",
            Self::EmptyAnswer => "empty_answer",
            Self::MalformedAnswer => "malformed_answer",
            Self::MissingField => "missing_field",
            Self::NotOk => "not_ok",
        }
    }
}

//! What each failure is called, and what it says to people.

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

    /// A sentence for the person who chose the file, in Persian and English.
    ///
    /// Several codes share one: what a developer must tell apart may be the
    /// same thing to the person, and every sentence is downloaded.
    #[must_use]
    pub const fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::InvalidArgument | Self::KeyInPage | Self::Forbidden | Self::Rejected => (
                "این برنامه نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
                "This app could not send the file. Please tell its support.",
            ),
            Self::UnsupportedFormat => (
                "دیوار این نوع فایل را نمی‌پذیرد. فایل دیگری انتخاب کنید.",
                "Divar does not take this kind of file. Choose another one.",
            ),
            Self::FileEmpty => (
                "این فایل خالی است. فایل دیگری انتخاب کنید.",
                "This file is empty. Choose another one.",
            ),
            Self::FileTooLarge => (
                "این فایل بزرگ‌تر از حد مجاز است. فایل کوچک‌تری انتخاب کنید.",
                "This file is too large. Choose a smaller one.",
            ),
            Self::FileDamaged => (
                "این فایل خراب یا ناقص است. فایل دیگری انتخاب کنید.",
                "This file is damaged or incomplete. Choose another one.",
            ),
            Self::FileUnreadable => (
                "این فایل خوانده نشد. آن را دوباره انتخاب کنید.",
                "This file could not be read. Choose it again.",
            ),
            Self::Network | Self::Stalled | Self::Timeout => (
                "ارتباط برقرار نشد. اینترنت خود را بررسی و دوباره تلاش کنید.",
                "There is no connection. Check your internet and try again.",
            ),
            Self::Unauthorized => (
                "اجازهٔ ارسال به پایان رسیده است. دوباره تلاش کنید.",
                "The permission to send has run out. Try again.",
            ),
            Self::NotFound => ("این گفتگو پیدا نشد.", "This conversation was not found."),
            Self::RecipientRestricted => (
                "گیرنده دریافت پیام را بسته است.",
                "The recipient does not accept messages.",
            ),
            Self::RateLimited => (
                "تعداد ارسال‌ها زیاد بود. کمی بعد دوباره تلاش کنید.",
                "Too much was sent. Try again a little later.",
            ),
            Self::AnswerTimeout
            | Self::ServerError
            | Self::HtmlAnswer
            | Self::EmptyAnswer
            | Self::MalformedAnswer
            | Self::MissingField
            | Self::NotOk => (
                "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
                "Divar did not answer properly. Try again a little later.",
            ),
        }
    }
}

//! The codes of all failures: the one place that names them, describes them and says what people
//! read. The TypeScript union, the sentences for errors that arise in TypeScript and the table in
//! `docs/errors.md` are generated from here (`generated.rs`).

/// What a person who chose the file reads, in both languages of Divar's users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct UserMessage {
    /// In Persian.
    pub fa: &'static str,
    /// In English.
    pub en: &'static str,
}

/// Declares [`Code`] with its names, descriptions and the sentence that each code shows to people.
macro_rules! codes {
    ($( #[doc = $description:literal] $variant:ident = $name:literal, $message:ident; )+) => {
        /// What went wrong. The names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $( #[doc = $description] $variant, )+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The name that JavaScript sees as `error.code`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// What people read.
            #[must_use]
            pub const fn user_message(self) -> UserMessage {
                match self { $( Self::$variant => $message, )+ }
            }

            /// What the documentation says of it.
            #[cfg(test)]
            pub const fn description(self) -> &'static str {
                match self { $( Self::$variant => $description, )+ }
            }
        }
    };
}

codes! {
    /// An argument or option is missing or of the wrong kind. Nothing was sent.
    InvalidArgument = "invalid_argument", APP_FAILED;
    /// A page or a browser's worker was about to send the API key. Nothing was sent.
    KeyInPage = "key_in_page", APP_FAILED;
    /// The file is of no format that the media type takes, or the server answered HTTP 415.
    UnsupportedFormat = "unsupported_format", UNSUPPORTED_FORMAT;
    /// The file has no bytes.
    FileEmpty = "file_empty", FILE_EMPTY;
    /// The file is larger than the media type allows, or the server answered HTTP 413.
    FileTooLarge = "file_too_large", FILE_TOO_LARGE;
    /// The file is cut off or contradicts its own format.
    FileDamaged = "file_damaged", FILE_DAMAGED;
    /// The file could not be read: it was moved, changed or deleted after it was chosen.
    FileUnreadable = "file_unreadable", FILE_UNREADABLE;
    /// No answer: the host is down, the connection broke, or CORS refused the request.
    Network = "network", NO_CONNECTION;
    /// HTTP 401: the API key or token is wrong, used up or expired.
    Unauthorized = "unauthorized", UNAUTHORIZED;
    /// HTTP 403: the API key or user lacks the permission.
    Forbidden = "forbidden", APP_FAILED;
    /// HTTP 404: no such conversation, user or route.
    NotFound = "not_found", NOT_FOUND;
    /// HTTP 412 with Divar's code 9: the message was refused for one of the two users.
    RecipientRestricted = "recipient_restricted", RECIPIENT_RESTRICTED;
    /// HTTP 429: the limit per minute or the daily quota is reached.
    RateLimited = "rate_limited", RATE_LIMITED;
    /// No byte of the body moved for `stallTimeout`.
    Stalled = "stalled", NO_CONNECTION;
    /// The answer did not arrive within `answerTimeout` after the request was sent.
    AnswerTimeout = "answer_timeout", BAD_ANSWER;
    /// The whole call took longer than `timeout`.
    Timeout = "timeout", NO_CONNECTION;
    /// Any other HTTP status below 500, redirects included.
    Rejected = "rejected", APP_FAILED;
    /// HTTP 5xx.
    ServerError = "server_error", BAD_ANSWER;
    /// An HTML page with HTTP 2xx or 5xx, as a CDN sends.
    HtmlAnswer = "html_answer", BAD_ANSWER;
    /// HTTP 2xx without a body to a token request or an upload; a message is delivered then.
    EmptyAnswer = "empty_answer", BAD_ANSWER;
    /// HTTP 2xx with a body that is not JSON.
    MalformedAnswer = "malformed_answer", BAD_ANSWER;
    /// HTTP 2xx with JSON that lacks a required field.
    MissingField = "missing_field", BAD_ANSWER;
    /// An upload whose `status` is not `ok`.
    NotOk = "not_ok", BAD_ANSWER;
    /// The file would have to be decoded, and this runtime cannot do that.
    CannotConvert = "cannot_convert", CANNOT_CONVERT;
    /// This browser records no container that Divar takes, or the microphone was refused.
    CannotRecord = "cannot_record", CANNOT_RECORD;
    /// The recording was stopped before it held anything that can be played.
    RecordingTooShort = "recording_too_short", RECORDING_TOO_SHORT;
    /// WebAssembly does not start: the page's policy lacks `'wasm-unsafe-eval'`, or the runtime is too old.
    WasmUnavailable = "wasm_unavailable", WASM_UNAVAILABLE;
    /// A defect of this package. The call is over; the next one starts a new instance of the module.
    Internal = "internal", INTERNAL;
}

impl Code {
    /// The code with this name, as another server of this package sends it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

const APP_FAILED: UserMessage = UserMessage {
    fa: "این برنامه نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
    en: "This app could not send the file. Please tell its support.",
};
const UNSUPPORTED_FORMAT: UserMessage = UserMessage {
    fa: "دیوار این نوع فایل را نمی‌پذیرد. فایل دیگری انتخاب کنید.",
    en: "Divar does not take this kind of file. Choose another one.",
};
const FILE_EMPTY: UserMessage = UserMessage {
    fa: "این فایل خالی است. فایل دیگری انتخاب کنید.",
    en: "This file is empty. Choose another one.",
};
const FILE_TOO_LARGE: UserMessage = UserMessage {
    fa: "این فایل بزرگ‌تر از حد مجاز است. فایل کوچک‌تری انتخاب کنید.",
    en: "This file is too large. Choose a smaller one.",
};
const FILE_DAMAGED: UserMessage = UserMessage {
    fa: "این فایل خراب یا ناقص است. فایل دیگری انتخاب کنید.",
    en: "This file is damaged or incomplete. Choose another one.",
};
const FILE_UNREADABLE: UserMessage = UserMessage {
    fa: "این فایل خوانده نشد. آن را دوباره انتخاب کنید.",
    en: "This file could not be read. Choose it again.",
};
const NO_CONNECTION: UserMessage = UserMessage {
    fa: "ارتباط برقرار نشد. اینترنت خود را بررسی و دوباره تلاش کنید.",
    en: "There is no connection. Check your internet and try again.",
};
const UNAUTHORIZED: UserMessage = UserMessage {
    fa: "اجازهٔ ارسال به پایان رسیده است. دوباره تلاش کنید.",
    en: "The permission to send has run out. Try again.",
};
const NOT_FOUND: UserMessage = UserMessage {
    fa: "این گفتگو پیدا نشد.",
    en: "This conversation was not found.",
};
const RECIPIENT_RESTRICTED: UserMessage = UserMessage {
    fa: "ارسال پیام بین این دو کاربر ممکن نیست.",
    en: "Messages between these two users are not possible.",
};
const RATE_LIMITED: UserMessage = UserMessage {
    fa: "تعداد ارسال‌ها زیاد بود. کمی بعد دوباره تلاش کنید.",
    en: "Too much was sent. Try again a little later.",
};
const BAD_ANSWER: UserMessage = UserMessage {
    fa: "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
    en: "Divar did not answer properly. Try again a little later.",
};
const CANNOT_CONVERT: UserMessage = UserMessage {
    fa: "این مرورگر نمی‌تواند این فایل را آماده کند. فایل را با قالب دیگری انتخاب کنید.",
    en: "This browser cannot prepare this file. Choose it in another format.",
};
const CANNOT_RECORD: UserMessage = UserMessage {
    fa: "ضبط صدا در این مرورگر ممکن نیست. اجازهٔ میکروفن را بررسی کنید یا فایل صوتی انتخاب کنید.",
    en: "This browser cannot record. Check the microphone's permission, or choose a file.",
};
const RECORDING_TOO_SHORT: UserMessage = UserMessage {
    fa: "این صدا خیلی کوتاه است. دکمه را کمی بیشتر نگه دارید.",
    en: "This recording is too short. Hold the button a little longer.",
};
const WASM_UNAVAILABLE: UserMessage = UserMessage {
    fa: "این برنامه در این مرورگر نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
    en: "This app could not send the file in this browser. Please tell its support.",
};
const INTERNAL: UserMessage = UserMessage {
    fa: "خطای پیش‌بینی‌نشده‌ای رخ داد. دوباره تلاش کنید.",
    en: "Something unexpected happened. Try again.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_its_code() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code));
        }
        assert_eq!(Code::from_name(""), None);
    }
}

//! What the answers mean.

use crate::error::Code;

/// What a body is, before anything parses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing but white space.
    Empty,
    /// A page, as the CDN in front of Divar sends with 502 and 503.
    Html,
    /// Anything else; JSON if all is well.
    Data,
}

impl Body {
    /// Tells by the declared type and, since a CDN may leave that out, by the
    /// first character: no JSON begins with `<`.
    #[must_use]
    pub fn of(content_type: &str, text: &str) -> Self {
        let text = text.trim_ascii_start();
        if text.is_empty() {
            Self::Empty
        } else if content_type
            .as_bytes()
            .windows(4)
            .any(|word| word == b"html")
            || text.starts_with('<')
        {
            Self::Html
        } else {
            Self::Data
        }
    }
}

/// `FAILED_PRECONDITION` in google.rpc.Code: with HTTP 412, Divar's sign for a
/// recipient who has blocked the sender.
const FAILED_PRECONDITION: i32 = 9;

/// The kind of failure that an HTTP status tells, together with the `code` of
/// Divar's google.rpc.Status where there was one.
#[must_use]
pub const fn refusal(status: u16, divar_code: Option<i32>) -> Code {
    match (status, divar_code) {
        (412, Some(FAILED_PRECONDITION)) => Code::RecipientRestricted,
        (401, _) => Code::Unauthorized,
        (403, _) => Code::Forbidden,
        (404, _) => Code::NotFound,
        (413, _) => Code::FileTooLarge,
        (415, _) => Code::UnsupportedFormat,
        (429, _) => Code::RateLimited,
        (500.., _) => Code::ServerError,
        _ => Code::Rejected,
    }
}

/// Whether the same request may do better later.
#[must_use]
pub const fn is_retryable(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// A number as text. The standard library's way weighs a kilobyte more.
#[must_use]
pub fn digits(number: u64) -> String {
    let mut text = match number / 10 {
        0 => String::new(),
        before => digits(before),
    };
    let last = (number % 10) as usize;
    text.push_str("0123456789".get(last..=last).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_by_type_or_by_its_first_character() {
        assert_eq!(Body::of("text/html; charset=utf-8", "oops"), Body::Html);
        assert_eq!(Body::of("", "\n<!doctype html>"), Body::Html);
        assert_eq!(Body::of("application/json", "{}"), Body::Data);
        assert_eq!(Body::of("text/html", " \n"), Body::Empty);
    }

    #[test]
    fn a_block_is_told_from_other_failed_conditions() {
        assert_eq!(refusal(412, Some(9)), Code::RecipientRestricted);
        assert_eq!(refusal(412, None), Code::Rejected);
        assert_eq!(refusal(400, Some(9)), Code::Rejected);
    }

    #[test]
    fn a_number_is_written_as_people_write_it() {
        for number in [0, 7, 10, 5_000_000, u64::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
    }

    #[test]
    fn of_the_4xx_only_waiting_ones_are_retryable() {
        let retryable: Vec<u16> = (100..600).filter(|status| is_retryable(*status)).collect();
        assert_eq!(retryable, [408, 425, 429, 500, 502, 503, 504]);
    }
}

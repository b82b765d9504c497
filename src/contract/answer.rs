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
    /// first character that is no white space: no JSON begins with `<`. It is NaN where there is none.
    #[must_use]
    pub fn of(is_declared_html: bool, first: f64) -> Self {
        if first.is_nan() {
            Self::Empty
        } else if is_declared_html || first.to_bits() == f64::from(b'<').to_bits() {
            Self::Html
        } else {
            Self::Data
        }
    }
}

/// `FAILED_PRECONDITION` in google.rpc.Code: with HTTP 412, Divar's sign for a
/// recipient who has blocked the sender.
const FAILED_PRECONDITION: f64 = 9.0;

/// The kind of failure that an HTTP status tells, together with the `code` of
/// Divar's google.rpc.Status, which is NaN where there was none.
#[must_use]
pub fn refusal(status: u16, divar_code: f64) -> Code {
    match status {
        412 if (divar_code - FAILED_PRECONDITION) == 0.0 => Code::RecipientRestricted,
        401 => Code::Unauthorized,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        413 => Code::FileTooLarge,
        415 => Code::UnsupportedFormat,
        429 => Code::RateLimited,
        500.. => Code::ServerError,
        _ => Code::Rejected,
    }
}

/// Whether the same request may do better later.
#[must_use]
pub const fn is_retryable(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_by_type_or_by_its_first_character() {
        assert_eq!(Body::of(true, f64::from(b'o')), Body::Html);
        assert_eq!(Body::of(false, f64::from(b'<')), Body::Html);
        assert_eq!(Body::of(false, f64::from(b'{')), Body::Data);
        assert_eq!(Body::of(true, f64::NAN), Body::Empty);
    }

    #[test]
    fn a_block_is_told_from_other_failed_conditions() {
        assert_eq!(refusal(412, 9.0), Code::RecipientRestricted);
        assert_eq!(refusal(412, f64::NAN), Code::Rejected);
        assert_eq!(refusal(400, 9.0), Code::Rejected);
    }

    #[test]
    fn of_the_4xx_only_waiting_ones_are_retryable() {
        let retryable: Vec<u16> = (100..600).filter(|status| is_retryable(*status)).collect();
        assert_eq!(retryable, [408, 425, 429, 500, 502, 503, 504]);
    }
}

//! What the HTTP status of an answer means.

use crate::error::Code;

/// `FAILED_PRECONDITION` of google.rpc.Code. With HTTP 412 it is Divar's sign that one of the two
/// users has blocked the other or is on a block list.
const FAILED_PRECONDITION: i32 = 9;

/// The code of an answer that is no success. `divar_code` is the `code` of its google.rpc.Status.
#[must_use]
pub fn refusal(status: u16, divar_code: Option<i32>) -> Code {
    match status {
        412 if divar_code == Some(FAILED_PRECONDITION) => Code::RecipientRestricted,
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

/// Whether the status says success.
#[must_use]
pub const fn is_success(status: u16) -> bool {
    matches!(status, 200..=299)
}

/// Whether the same request may succeed later.
#[must_use]
pub const fn is_retryable(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// Whether a request with this answer can have taken effect: a 3xx or 4xx was refused before that.
#[must_use]
pub const fn may_have_taken_effect(status: u16) -> bool {
    !matches!(status, 300..=499)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_9_with_412_is_a_restricted_recipient() {
        assert_eq!(refusal(412, Some(9)), Code::RecipientRestricted);
        assert_eq!(refusal(412, None), Code::Rejected);
        assert_eq!(refusal(400, Some(9)), Code::Rejected);
    }

    #[test]
    fn retries_only_statuses_that_pass_by_themselves() {
        let retryable: Vec<u16> = (100..600).filter(|status| is_retryable(*status)).collect();
        assert_eq!(retryable, [408, 425, 429, 500, 502, 503, 504]);
    }
}

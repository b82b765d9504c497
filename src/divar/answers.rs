//! The bodies of Divar's answers with HTTP 2xx.

use super::status;
use crate::error::Code;

/// Why the body of an answer with HTTP 2xx is no success.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code of the error.
    pub code: Code,
    /// For the developer.
    pub message: String,
    /// The media token, if the answer has one: the caller can resume with it.
    pub media_token: Option<String>,
}

impl Fault {
    fn missing(field: &str) -> Self {
        Self {
            code: Code::MissingField,
            message: ["the answer has no ", field].concat(),
            media_token: None,
        }
    }
}

/// The answer of the route that mints an upload token. The token is opaque and never parsed.
pub struct TokenAnswer {
    /// `token`, if it is a non-empty string.
    pub token: Option<String>,
}

impl TokenAnswer {
    /// The upload token.
    ///
    /// # Errors
    ///
    /// `missing_field`.
    pub fn token(self) -> Result<String, Fault> {
        self.token.ok_or_else(|| Fault::missing("token"))
    }
}

/// The answer of the route that takes a file.
pub struct UploadAnswer {
    /// `id`, the media token, if it is a non-empty string.
    pub id: Option<String>,
    /// `status`, if it is a non-empty string.
    pub status: Option<String>,
}

impl UploadAnswer {
    /// The media token.
    ///
    /// # Errors
    ///
    /// `missing_field`, or `not_ok` where `status` is not `ok`.
    pub fn media_token(self) -> Result<String, Fault> {
        let fault = match (self.status.as_deref(), self.id) {
            (Some("ok"), Some(id)) => return Ok(id),
            (Some("ok"), None) => Fault::missing("id"),
            (None, media_token) => Fault {
                media_token,
                ..Fault::missing("status")
            },
            (Some(status), media_token) => Fault {
                code: Code::NotOk,
                message: ["the upload's status is ", status].concat(),
                media_token,
            },
        };
        Err(fault)
    }
}

/// The answer of a route that takes a message. Divar requires none of its fields.
pub struct MessageAnswer {
    /// `conversation_id`, if it is a non-empty string.
    pub conversation_id: Option<String>,
    /// `status`, which the route for conversations between users sends as an integer.
    pub status: Option<f64>,
}

impl MessageAnswer {
    /// The HTTP status that the body itself reports, if that is a refusal: what `status` may hold is not
    /// published, and a number from 400 on means what it means in HTTP.
    #[must_use]
    pub fn refusal(&self) -> Option<u16> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates"
        )]
        let status = self.status? as u16;
        (status >= 400 && !status::is_success(status)).then_some(status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(id: Option<&str>, status: Option<&str>) -> Result<String, Fault> {
        let (id, status) = (id.map(str::to_owned), status.map(str::to_owned));
        UploadAnswer { id, status }.media_token()
    }

    #[test]
    fn keeps_a_media_token_whose_status_is_not_ok() {
        let fault = upload(Some("m"), Some("pending")).expect_err("a fault");
        assert_eq!(
            (fault.code, fault.media_token.as_deref()),
            (Code::NotOk, Some("m"))
        );
        let fault = upload(Some("m"), None).expect_err("a fault");
        assert_eq!(fault.code, Code::MissingField);
        assert_eq!(fault.media_token.as_deref(), Some("m"));
        assert_eq!(upload(Some("m"), Some("ok")).as_deref(), Ok("m"));
    }

    #[test]
    fn only_a_status_from_400_on_refuses_a_message() {
        let refusal = |status| {
            let answer = MessageAnswer {
                conversation_id: None,
                status,
            };
            answer.refusal()
        };
        for delivered in [None, Some(0.0), Some(200.0), Some(202.0), Some(f64::NAN)] {
            assert_eq!(refusal(delivered), None);
        }
        assert_eq!(refusal(Some(412.0)), Some(412));
        assert_eq!(refusal(Some(503.0)), Some(503));
    }
}

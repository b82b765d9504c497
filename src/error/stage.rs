//! The steps of a call.

/// One of the three steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Getting an upload token.
    Token,
    /// Uploading the file.
    Upload,
    /// Building or sending the message.
    Message,
}

impl Stage {
    /// The name that JavaScript sees as `error.stage`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Upload => "upload",
            Self::Message => "message",
        }
    }
}

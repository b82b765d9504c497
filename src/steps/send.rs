//! All three steps: a file into a conversation.

use serde::Serialize;

use super::message::{SendMessage, SentMessage};
use super::upload::Upload;
use crate::error::Failure;

/// A file on its way into a conversation.
pub struct SendMedia<Data> {
    /// The media token of an earlier call: the file is not uploaded again.
    pub media_token: Option<String>,
    /// The upload, which gets its token.
    pub upload: Upload,
    /// The message, which lacks the media token.
    pub message: SendMessage<Data>,
}

impl<Data: Serialize> SendMedia<Data> {
    /// Gets a token, uploads and sends.
    ///
    /// # Errors
    ///
    /// Those of the steps. From the message on, the error carries the media token.
    pub async fn run(self) -> Result<SentMessage, Failure> {
        let media_token = match self.media_token {
            Some(media_token) => media_token,
            None => self.upload.run().await?,
        };
        self.upload.stages.begin_message(&media_token);
        self.message.run(media_token).await
    }
}

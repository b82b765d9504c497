//! All three steps as one: a file into a conversation.

use super::message::Send;
use super::upload::Upload;
use crate::error::{Failure, Stage};

/// A file on its way into a conversation.
pub struct Delivery {
    /// The media token that an earlier call got: the file is not uploaded again.
    pub media_token: Option<String>,
    /// The upload, and the minting of its token.
    pub upload: Upload,
    /// The message, which lacks the media token still.
    pub message: Send,
}

impl Delivery {
    /// Mints, uploads and sends. Gives the conversation that the message went to.
    ///
    /// # Errors
    ///
    /// As the steps'. From the message on, the error keeps the media token.
    pub async fn run(self) -> Result<String, Failure> {
        let media_token = match self.media_token {
            Some(given) => given,
            None => self.upload.run().await?,
        };
        // A signal's reason carries no token: whoever may abort learns it here.
        self.upload.stages.begin(Stage::Message, Some(&media_token));
        self.message.run(media_token).await
    }
}

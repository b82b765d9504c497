//! All three steps: a file into a conversation.

use js_sys::{Function, Promise};
use serde::Serialize;
use wasm_bindgen::JsValue;

use super::message::{SendMessage, SentMessage};
use super::upload::Upload;
use crate::error::{Failure, Stage};
use crate::http::{CallSettings, Deadline};

/// A file on its way into a conversation.
pub struct SendMedia<Data> {
    /// The media token of an earlier call: the file is not uploaded again.
    pub media_token: Option<String>,
    /// The upload, which gets its token.
    pub upload: Upload,
    /// The caller's `beforeMessage`.
    pub before_message: Option<Function>,
    /// The message, which lacks the media token.
    pub message: SendMessage<Data>,
}

impl<Data: Serialize> SendMedia<Data> {
    /// Gets a token, uploads and sends.
    ///
    /// # Errors
    ///
    /// Those of the steps, and what `beforeMessage` threw. After the upload, the error carries the media
    /// token.
    pub async fn run(self) -> Result<SentMessage, Failure> {
        let Self {
            media_token,
            upload,
            before_message,
            message,
        } = self;
        let media_token = match media_token {
            Some(media_token) => media_token,
            None => upload.run().await?,
        };
        if let Some(function) = &before_message {
            let ready = wait_for(function, &media_token, &message.call).await;
            ready.map_err(|failure| {
                failure.map_error(|error| error.with_media_token(Some(media_token.clone())))
            })?;
        }
        upload.stages.begin_message(&media_token);
        message.run(media_token).await
    }
}

/// Calls `beforeMessage` and waits for what it returns.
async fn wait_for(
    function: &Function,
    media_token: &str,
    call: &CallSettings,
) -> Result<(), Failure> {
    let deadline = Deadline::new(Stage::Message, call)?;
    let returned = function.call1(&JsValue::UNDEFINED, &media_token.into());
    let returned = Promise::resolve(&returned.map_err(Failure::Thrown)?);
    let outcome = deadline.wait_for(&returned).await?;
    outcome.map(drop).map_err(Failure::Thrown)
}

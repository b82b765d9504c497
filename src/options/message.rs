//! The options of `buildMediaMessage` and `sendMediaMessage`.

use wasm_bindgen::prelude::*;

use super::buttons;
use super::reader::Options;
#[cfg(feature = "server")]
use super::{key, wait};
use crate::divar::message::{Buttons, MediaMessage, Target};
use crate::error::{Error, Stage};
use crate::plain_data::JsonData;
#[cfg(feature = "server")]
use crate::steps::message::{SendMessage, Sender};

/// Who receives a message, and its buttons.
pub struct Addressed {
    /// What kind of recipient.
    pub target: Target,
    /// The conversation's or user's id.
    pub id: String,
    /// The buttons.
    pub buttons: Buttons<JsonData>,
}

/// Reads the arguments of `buildMediaMessage`.
///
/// # Errors
///
/// `invalid_argument`, with the media token if there is one.
pub fn build(media_token: &JsValue, given: &JsValue) -> Result<MediaMessage<JsonData>, Error> {
    let media_token = self::media_token(media_token)?;
    if given.is_undefined() || given.is_null() {
        return Ok(MediaMessage::bare(media_token));
    }
    let buttons = || {
        let options = Options::new(Stage::Message, given)?;
        buttons(required_target(&options)?, &options)
    };
    match buttons() {
        Ok(buttons) => Ok(MediaMessage::new(media_token, buttons)),
        Err(error) => Err(error.with_media_token(Some(media_token))),
    }
}

fn media_token(given: &JsValue) -> Result<String, Error> {
    let token = given.as_string().filter(|token| !token.is_empty());
    let refuse = || {
        let message = "mediaToken must be a string that is not empty";
        Error::invalid_argument(Stage::Message, message)
    };
    token.ok_or_else(refuse)
}

/// Reads the target, if it was given.
///
/// # Errors
///
/// `invalid_argument`.
pub fn target(options: &Options) -> Result<Option<Target>, Error> {
    options.word("target", Target::from_name, "chatbot, user or conversation")
}

fn required_target(options: &Options) -> Result<Target, Error> {
    target(options)?.ok_or_else(|| options.refuse("target", " is required"))
}

/// Reads who receives a message to `target`, and its buttons.
///
/// # Errors
///
/// `invalid_argument`.
pub fn addressed(target: Target, options: &Options) -> Result<Addressed, Error> {
    let id = match target {
        Target::User => options.id("userId"),
        Target::Chatbot | Target::Conversation => options.id("conversationId"),
    };
    Ok(Addressed {
        target,
        id: id?,
        buttons: buttons(target, options)?,
    })
}

fn buttons(target: Target, options: &Options) -> Result<Buttons<JsonData>, Error> {
    Ok(match target {
        Target::Chatbot | Target::User => Buttons::Chatbot(buttons::read(options, "buttons")?),
        Target::Conversation => Buttons::Conversation {
            sender: buttons::read(options, "senderButtons")?,
            receiver: buttons::read(options, "receiverButtons")?,
        },
    })
}

/// Reads the arguments of `sendMediaMessage`: the media token, and how it is sent.
///
/// # Errors
///
/// `invalid_argument`, `key_in_page`, with the media token if there is one.
#[cfg(feature = "server")]
pub fn read(
    media_token: &JsValue,
    given: &JsValue,
) -> Result<(String, SendMessage<JsonData>), Error> {
    let media_token = self::media_token(media_token)?;
    match sending(given) {
        Ok(message) => Ok((media_token, message)),
        Err(error) => Err(error.with_media_token(Some(media_token))),
    }
}

#[cfg(feature = "server")]
fn sending(given: &JsValue) -> Result<SendMessage<JsonData>, Error> {
    let options = Options::new(Stage::Message, given)?;
    let target = required_target(&options)?;
    let has_access_token = target.needs_access_token() || options.has("accessToken")?;
    let access_token = has_access_token.then(|| options.secret("accessToken"));
    let access_token = access_token.transpose()?;
    let key = key::read(&options)?;
    let Addressed {
        target,
        id,
        buttons,
    } = addressed(target, &options)?;
    Ok(SendMessage {
        by: Sender::Divar { key, access_token },
        target,
        id,
        buttons,
        call: wait::call(&options, wait::ANSWER_TIMEOUT)?,
    })
}

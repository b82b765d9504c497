//! The options of `buildMediaMessage` and `sendMediaMessage`.

use wasm_bindgen::prelude::*;

use super::buttons::{self, JsonData};
use super::check::Check;
#[cfg(feature = "server")]
use super::{key, wait};
use crate::divar::message::{Buttons, MediaMessage, Target};
use crate::error::{Error, Stage};
#[cfg(feature = "server")]
use crate::steps::message::{SendMessage, Sender};

#[wasm_bindgen]
extern "C" {
    /// `ChatbotMessageOptions | ConversationMessageOptions`, with who receives the message.
    pub type MessageOptions;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn target(this: &MessageOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = conversationId)]
    fn conversation_id(this: &MessageOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = userId)]
    fn user_id(this: &MessageOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn buttons(this: &MessageOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = senderButtons)]
    fn sender_buttons(this: &MessageOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = receiverButtons)]
    fn receiver_buttons(this: &MessageOptions) -> Result<JsValue, JsValue>;
}

#[cfg(feature = "server")]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, getter, structural, catch, js_name = accessToken)]
    fn access_token(this: &MessageOptions) -> Result<JsValue, JsValue>;
}

const CHECK: Check = Check::at(Stage::Message);

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
        let options: MessageOptions = CHECK.options(given)?;
        buttons(required_target(&options)?, &options)
    };
    match buttons() {
        Ok(buttons) => Ok(MediaMessage::new(media_token, buttons)),
        Err(error) => Err(error.with_media_token(Some(media_token))),
    }
}

/// Reads a media token.
///
/// # Errors
///
/// `invalid_argument`.
pub fn media_token(given: &JsValue) -> Result<String, Error> {
    CHECK.required_text("mediaToken", Ok(given.clone()))
}

/// Reads the target, if it was given.
///
/// # Errors
///
/// `invalid_argument`.
pub fn target(options: &MessageOptions) -> Result<Option<Target>, Error> {
    let words = "chatbot, user or conversation";
    CHECK.word("target", options.target(), Target::from_name, words)
}

fn required_target(options: &MessageOptions) -> Result<Target, Error> {
    target(options)?.ok_or_else(|| CHECK.refuse("target", " is required"))
}

/// Reads who receives a message to `target`, and its buttons.
///
/// # Errors
///
/// `invalid_argument`.
pub fn addressed(target: Target, options: &MessageOptions) -> Result<Addressed, Error> {
    let id = match target {
        Target::User => CHECK.id("userId", options.user_id()),
        Target::Chatbot | Target::Conversation => {
            CHECK.id("conversationId", options.conversation_id())
        }
    };
    Ok(Addressed {
        target,
        id: id?,
        buttons: buttons(target, options)?,
    })
}

fn buttons(target: Target, options: &MessageOptions) -> Result<Buttons<JsonData>, Error> {
    Ok(match target {
        Target::Chatbot | Target::User => {
            Buttons::Chatbot(buttons::read("buttons", options.buttons())?)
        }
        Target::Conversation => Buttons::Conversation {
            sender: buttons::read("senderButtons", options.sender_buttons())?,
            receiver: buttons::read("receiverButtons", options.receiver_buttons())?,
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
    let options: MessageOptions = CHECK.options(given)?;
    let target = required_target(&options)?;
    let access_token = match CHECK.present("accessToken", options.access_token())? {
        None if !target.needs_access_token() => None,
        given => Some(CHECK.secret("accessToken", Ok(given.unwrap_or_default()))?),
    };
    let key = key::read(CHECK, options.unchecked_ref())?;
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
        call: wait::call(CHECK, options.unchecked_ref(), wait::ANSWER_TIMEOUT)?,
    })
}

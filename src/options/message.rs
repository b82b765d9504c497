//! The options of `buildMediaMessage` and `sendMediaMessage`.

mod button;

use wasm_bindgen::prelude::*;

#[cfg(feature = "secret")]
use super::key;
use super::{Options, wait};
use crate::contract::message::{Message, Target};
use crate::contract::route;
use crate::error::{Error, Stage};
use crate::steps::message::{Send, Way};
use button::grid;

#[wasm_bindgen(typescript_custom_section)]
const ICONS: &str = include_str!("../contract/icons.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** What a message to the app's chatbot conversations may carry beside the media. */
export interface ChatbotMessageOptions {
  /** `"chatbot"`: a conversation with the app's chatbot; `"user"`: a user, through the chatbot. */
  target: "chatbot" | "user";
  /** The buttons under the message. */
  buttons?: ButtonGrid;
}

/** What a message between two users may carry beside the media. */
export interface ConversationMessageOptions {
  /** A conversation between two users. */
  target: "conversation";
  /** The buttons that the sender sees. */
  senderButtons?: ButtonGrid;
  /** The buttons that the recipient sees. */
  receiverButtons?: ButtonGrid;
}

/** The media token alone, for an app that builds the rest itself. */
export interface MediaMessage {
  media_token: string;
}

/** The body of a message from the app's chatbot; Divar wants the empty text beside the media. */
export interface ChatbotMediaMessage extends MediaMessage {
  text_message: "";
  buttons?: ButtonGrid;
}

/** The body of a message between two users; Divar wants the empty text beside the media. */
export interface ConversationMediaMessage extends MediaMessage {
  message: "";
  sender_buttons?: ButtonGrid;
  receiver_buttons?: ButtonGrid;
}

/**
 * Puts a media token into a message. Nothing is sent.
 *
 * Without options the message is `{ media_token }` and nothing else. With a `target` it is the
 * whole body of that target's route.
 * @param mediaToken what `uploadMedia` gave as `id`
 * @throws {DivarMediaError} `invalid_argument`: no token, an unknown target, a grid of more than
 * 3 rows or 3 buttons a row, a button without exactly one action. The error keeps the token.
 */
export function buildMediaMessage(mediaToken: string): MediaMessage;
export function buildMediaMessage(mediaToken: string, options: ChatbotMessageOptions): ChatbotMediaMessage;
export function buildMediaMessage(mediaToken: string, options: ConversationMessageOptions): ConversationMediaMessage;

/** Where `sendMediaMessage` sends, and with which rights. */
export type SendMessageOptions = SecretOptions &
  (
    | (ChatbotMessageOptions & { target: "chatbot"; conversationId: string })
    | (ChatbotMessageOptions & { target: "user"; userId: string; accessToken: string })
    | (ConversationMessageOptions & { conversationId: string; accessToken: string })
  );

/**
 * What every message needs. The targets with an `accessToken` need the user's consent: its scope is
 * `CHAT_BOT_USER_MESSAGE_SEND` for a user, and for a conversation one of
 * `CONVERSATION_SEND_MESSAGE.{conversation_id}`, `CHAT_POST_CONVERSATIONS_MESSAGE_SEND.{post_token}` and
 * `CHAT_SUPPLIER_ALL_CONVERSATIONS_MESSAGE_SEND`.
 */
export interface SecretOptions extends KeyOptions, WaitOptions {}

/** A message that Divar has taken. */
export interface SentMessage {
  /** The conversation that it went to; for a user, the one that Divar found or made. */
  conversationId: string;
}
"#;

/// Reads the arguments of `buildMediaMessage`.
///
/// # Errors
///
/// `invalid_argument`, with the media token if there was one.
pub fn build(media_token: &JsValue, object: &JsValue) -> Result<JsValue, Error> {
    let options = Options::new(Stage::Message, object)?;
    let media_token = token(&options, media_token)?;
    let body = target(&options).and_then(|target| match target {
        Some(target) => body(&options, target, option_names(target)),
        None => Ok(Message::plain()),
    });
    match body {
        Ok(body) => Ok(body.written(&media_token)),
        Err(error) => Err(error.keeping(Some(media_token))),
    }
}

/// Reads the arguments of `sendMediaMessage`: the media token, and how to send it.
///
/// # Errors
///
/// `invalid_argument`, with the media token if there was one.
#[cfg(feature = "secret")]
pub fn send(media_token: &JsValue, object: &JsValue) -> Result<(String, Send), Error> {
    let options = Options::new(Stage::Message, object)?;
    let media_token = token(&options, media_token)?;
    match with_key(&options) {
        Ok(send) => Ok((media_token, send)),
        Err(error) => Err(error.keeping(Some(media_token))),
    }
}

#[cfg(feature = "secret")]
fn with_key(options: &Options) -> Result<Send, Error> {
    let target = target(options)?.ok_or_else(|| unknown_target(options))?;
    let access_token = match target {
        Target::Chatbot => None,
        Target::User | Target::Conversation => Some(options.secret("accessToken")?),
    };
    let way = Way::Key {
        key: key::read(options)?,
        access_token,
        base: options.base("openApiUrl", route::OPEN_API)?,
    };
    sending(options, target, way)
}

/// Reads the message that goes to `target`.
///
/// # Errors
///
/// `invalid_argument`.
pub fn sending(options: &Options, target: Target, way: Way) -> Result<Send, Error> {
    Ok(Send {
        way,
        target,
        id: id(options, target.option_name())?,
        body: body(options, target, option_names(target))?,
        call: wait::call(options, wait::ANSWER)?,
    })
}

/// A message that a page handed over to the app's own server.
#[cfg(feature = "secret")]
pub struct HandedOver {
    /// The media token.
    pub media_token: String,
    /// To whom it goes.
    pub target: Target,
    /// The conversation's or user's id.
    pub id: String,
    /// The rest of Divar's body.
    pub body: Message<JsValue>,
}

/// Reads the body of an app's own message route.
///
/// # Errors
///
/// `invalid_argument`.
#[cfg(feature = "secret")]
pub fn handed_over(json: &JsValue) -> Result<HandedOver, Error> {
    let options = Options::new(Stage::Message, json)?;
    let target = named_target(&options)?.unwrap_or(Target::Chatbot);
    Ok(HandedOver {
        media_token: options.required("media_token")?,
        target,
        id: id(&options, target.id_name())?,
        body: body(&options, target, target.sides())?,
    })
}

/// What the package's options call the grids of a target, in the order of
/// [`Target::sides`].
const fn option_names(target: Target) -> &'static [&'static str] {
    match target {
        Target::Chatbot | Target::User => &["buttons"],
        Target::Conversation => &["senderButtons", "receiverButtons"],
    }
}

fn body(options: &Options, target: Target, names: &[&str]) -> Result<Message<JsValue>, Error> {
    let mut message = Message::to(target);
    for (side, name) in target.sides().iter().zip(names) {
        if let Some(grid) = grid(options, name)? {
            message.with(side, grid);
        }
    }
    Ok(message)
}

/// The target, or `None` where no options were given.
fn target(options: &Options) -> Result<Option<Target>, Error> {
    if options.is_absent() {
        return Ok(None);
    }
    named_target(options)?
        .map(Some)
        .ok_or_else(|| unknown_target(options))
}

/// The option `target`, if it was given.
///
/// # Errors
///
/// `invalid_argument` for one that does not exist.
pub fn named_target(options: &Options) -> Result<Option<Target>, Error> {
    let Some(name) = options.string("target")? else {
        return Ok(None);
    };
    let target = Target::from_name(&name);
    target.map(Some).ok_or_else(|| unknown_target(options))
}

fn unknown_target(options: &Options) -> Error {
    options.refuse(&["target must be chatbot, user or conversation"])
}

fn id(options: &Options, name: &str) -> Result<String, Error> {
    let id = options.required(name)?;
    if route::is_segment(&id) {
        Ok(id)
    } else {
        Err(options.refuse(&[name, " must be an id"]))
    }
}

/// Reads a media token.
///
/// # Errors
///
/// `invalid_argument`.
pub fn token(options: &Options, value: &JsValue) -> Result<String, Error> {
    value
        .as_string()
        .filter(|token| !token.is_empty())
        .ok_or_else(|| options.refuse(&["the media token must be a string that is not empty"]))
}

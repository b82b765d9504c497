//! The options of `buildMediaMessage` and `sendMediaMessage`.

mod button;

use wasm_bindgen::prelude::*;

use crate::contract::button::GRID;
use crate::contract::message::Target;
use crate::js;
use crate::work::Work;

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

/// Reads the arguments of `buildMediaMessage`, and builds it.
pub fn build(work: &Work) {
    work.read("mediaToken!");
    if js::number(work, "isBare") == 0.0 {
        work.read(TARGET);
        grids(work, option_names(target(work)));
    }
    work.put("media_token", "mediaToken");
    work.end("body", "");
}

/// The target where it must be named.
const TARGET: &str = "target!chatbot|user|conversation";

/// Reads the message that goes to the target.
pub fn read(work: &Work) {
    let target = target(work);
    work.read(match target {
        Target::User => "userId/",
        Target::Chatbot | Target::Conversation => "conversationId/",
    });
    grids(work, option_names(target));
}

/// Reads the arguments of `sendMediaMessage`.
#[cfg(feature = "secret")]
pub fn sending(work: &Work) {
    work.read("mediaToken!");
    work.read(TARGET);
    if target(work) != Target::Chatbot {
        work.read("accessToken*");
    }
    super::key::read(work);
    read(work);
    work.read(super::wait::WAIT);
}

/// Reads the body of an app's own message route.
#[cfg(feature = "secret")]
pub fn read_handed_over(work: &Work) {
    work.read("media_token! target|chatbot|user|conversation=chatbot");
    let target = target(work);
    work.read(match target {
        Target::User => "user_id/",
        Target::Chatbot | Target::Conversation => "conversation_id/",
    });
    grids(work, target.sides());
}

/// Gives `work` the same as the options of `sendMediaMessage`.
#[cfg(feature = "secret")]
pub fn give(work: &Work, target: Target, json: &JsValue) {
    work.give("mediaToken", js::get(json, "media_token"));
    work.give("target", target.name().into());
    work.give(target.option_name(), js::get(json, target.id_name()));
    for (side, name) in target.sides().iter().zip(option_names(target)) {
        work.give(name, js::get(json, side));
    }
}

/// What the package's options call the grids of a target, in the order of
/// [`Target::sides`].
const fn option_names(target: Target) -> &'static [&'static str] {
    match target {
        Target::Chatbot | Target::User => &["buttons"],
        Target::Conversation => &["senderButtons", "receiverButtons"],
    }
}

/// Puts the empty text and the grids of buttons into the message.
fn grids(work: &Work, names: &[&str]) {
    let target = target(work);
    work.put(target.text_field(), "");
    for (side, name) in target.sides().iter().zip(names) {
        work.copy(side, name, GRID);
    }
}

/// The target that was read.
pub fn target(work: &Work) -> Target {
    let mut all = Target::ALL.into_iter();
    let named = all.find(|known| js::is(work, "target", known.name()));
    named.unwrap_or(Target::Chatbot)
}

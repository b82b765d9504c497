//! Messages that carry a media token.

use serde::Serialize;

use super::button::Grid;

/// Who gets the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A conversation with the app's chatbot.
    Chatbot,
    /// A user, through the app's chatbot.
    User,
    /// A conversation between two users.
    Conversation,
}

impl Target {
    /// The target with this name in the package's options.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Chatbot, Self::User, Self::Conversation]
            .into_iter()
            .find(|known| known.name() == name)
    }

    /// Its name in the package's options and in an app's own routes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chatbot => "chatbot",
            Self::User => "user",
            Self::Conversation => "conversation",
        }
    }

    /// What the package's options call the id of whom it goes to.
    #[must_use]
    pub const fn option_name(self) -> &'static str {
        match self {
            Self::User => "userId",
            Self::Chatbot | Self::Conversation => "conversationId",
        }
    }

    /// What an app's own routes call the id of whom it goes to.
    #[must_use]
    pub const fn id_name(self) -> &'static str {
        match self {
            Self::User => "user_id",
            Self::Chatbot | Self::Conversation => "conversation_id",
        }
    }
}

/// A message's body, complete once it carries a media token.
///
/// Divar takes text or media, not both, and yet marks the text field as
/// required. An empty string satisfies both readings (in proto3 it equals
/// absent), so a message with a target carries one. Samples also show
/// `"type": "TEXT"`, which no schema knows: it is never sent.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are Divar's")]
pub struct Message<D> {
    media_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_message: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    buttons: Option<Grid<D>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_buttons: Option<Grid<D>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver_buttons: Option<Grid<D>>,
}

impl<D> Message<D> {
    /// The media token alone, for an app that builds the rest itself.
    #[must_use]
    pub const fn plain() -> Self {
        Self {
            media_token: String::new(),
            text_message: None,
            message: None,
            buttons: None,
            sender_buttons: None,
            receiver_buttons: None,
        }
    }

    /// A message from the app's chatbot.
    #[must_use]
    pub fn from_chatbot(buttons: Option<Grid<D>>) -> Self {
        Self {
            text_message: Some(""),
            buttons,
            ..Self::plain()
        }
    }

    /// A message between users, whose two sides may see different buttons.
    #[must_use]
    pub fn between_users(
        sender_buttons: Option<Grid<D>>,
        receiver_buttons: Option<Grid<D>>,
    ) -> Self {
        Self {
            message: Some(""),
            sender_buttons,
            receiver_buttons,
            ..Self::plain()
        }
    }

    /// The message with this media token in it.
    #[must_use]
    pub fn carrying(self, media_token: String) -> Self {
        Self {
            media_token,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{json, to_value};

    fn written(message: &Message<u8>) -> serde_json::Value {
        to_value(message).expect("a JSON value")
    }

    #[test]
    fn without_a_target_there_is_the_token_and_nothing_else() {
        let message = Message::plain().carrying("t".into());
        assert_eq!(written(&message), json!({"media_token": "t"}));
    }

    #[test]
    fn each_target_has_its_own_empty_text_field() {
        let chatbot = Message::from_chatbot(None).carrying("t".into());
        let users = Message::between_users(None, None).carrying("t".into());
        assert_eq!(
            written(&chatbot),
            json!({"media_token": "t", "text_message": ""})
        );
        assert_eq!(written(&users), json!({"media_token": "t", "message": ""}));
    }

    #[test]
    fn buttons_stand_under_the_name_of_their_side() {
        let grid = || Grid::new(Vec::new());
        let users = Message::between_users(grid(), grid()).carrying("t".into());
        assert_eq!(
            written(&users),
            json!({
                "media_token": "t",
                "message": "",
                "sender_buttons": {"rows": []},
                "receiver_buttons": {"rows": []},
            })
        );
    }
}

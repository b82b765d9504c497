//! Messages that carry a media token.

use super::json::Json;

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

    /// What Divar calls the grids of buttons that a message to it may carry.
    #[must_use]
    pub const fn sides(self) -> &'static [&'static str] {
        match self {
            Self::Chatbot | Self::User => &["buttons"],
            Self::Conversation => &["sender_buttons", "receiver_buttons"],
        }
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
pub struct Message<D> {
    /// The empty text.
    text: Option<&'static str>,
    /// The grids of buttons, by their names.
    grids: Vec<(&'static str, D)>,
}

impl<D: Json> Message<D> {
    /// The media token alone, for an app that builds the rest itself.
    #[must_use]
    pub const fn plain() -> Self {
        Self {
            text: None,
            grids: Vec::new(),
        }
    }

    /// A message to `target`.
    #[must_use]
    pub const fn to(target: Target) -> Self {
        let text = match target {
            Target::Chatbot | Target::User => "text_message",
            Target::Conversation => "message",
        };
        Self {
            text: Some(text),
            grids: Vec::new(),
        }
    }

    /// With a grid of buttons, by the name of the side that sees it.
    pub fn with(&mut self, side: &'static str, grid: D) {
        self.grids.push((side, grid));
    }

    /// The body, with this media token in it.
    #[must_use]
    pub fn written(self, media_token: &str) -> D {
        let mut fields = vec![("media_token", D::text(media_token))];
        fields.extend(self.text.map(|name| (name, D::text(""))));
        fields.extend(self.grids);
        D::object(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn without_a_target_there_is_the_token_and_nothing_else() {
        let written: Value = Message::plain().written("t");
        assert_eq!(written, json!({"media_token": "t"}));
    }

    #[test]
    fn each_target_has_its_own_empty_text_field() {
        let written = |target| Message::<Value>::to(target).written("t");
        for target in [Target::Chatbot, Target::User] {
            assert_eq!(
                written(target),
                json!({"media_token": "t", "text_message": ""})
            );
        }
        assert_eq!(
            written(Target::Conversation),
            json!({"media_token": "t", "message": ""})
        );
    }

    #[test]
    fn buttons_stand_under_the_name_of_their_side() {
        let mut message = Message::to(Target::Conversation);
        message.with("sender_buttons", json!(1));
        message.with("receiver_buttons", json!(2));
        assert_eq!(
            message.written("t"),
            json!({
                "media_token": "t",
                "message": "",
                "sender_buttons": 1,
                "receiver_buttons": 2,
            })
        );
    }
}

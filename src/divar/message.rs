//! Messages that carry a media token.

use serde::Serialize;

use super::buttons::ButtonGrid;

/// Who receives a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Deserialize))]
#[cfg_attr(feature = "server", serde(rename_all = "lowercase"))]
pub enum Target {
    /// A conversation with the app's chatbot.
    Chatbot,
    /// A user, through the app's chatbot.
    User,
    /// A conversation between two users.
    Conversation,
}

impl Target {
    /// The name in the package's options and in the bodies of an app's own routes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chatbot => "chatbot",
            Self::User => "user",
            Self::Conversation => "conversation",
        }
    }

    /// The target with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = [Self::Chatbot, Self::User, Self::Conversation].into_iter();
        all.find(|target| target.name() == name)
    }

    /// Whether Divar demands the user's OAuth access token beside the key.
    #[cfg(feature = "server")]
    #[must_use]
    pub const fn needs_access_token(self) -> bool {
        !matches!(self, Self::Chatbot)
    }
}

/// The buttons of a message, which differ by target.
pub enum Buttons<Data> {
    /// To a chatbot's conversation or a user: one grid.
    Chatbot(Option<ButtonGrid<Data>>),
    /// Between two users: a grid for each side.
    Conversation {
        /// What the sender sees.
        sender: Option<ButtonGrid<Data>>,
        /// What the recipient sees.
        receiver: Option<ButtonGrid<Data>>,
    },
}

/// The text of a message with media. Divar takes text or media, not both, and yet its schema requires
/// the text field: an empty string satisfies both readings, since proto3 reads it as absent.
const NO_TEXT: &str = "";

/// The body of a message. Divar's samples also show `"type": "TEXT"`, which no schema has: it is not
/// sent.
#[derive(Serialize)]
pub struct MediaMessage<Data> {
    media_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_message: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    buttons: Option<ButtonGrid<Data>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_buttons: Option<ButtonGrid<Data>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver_buttons: Option<ButtonGrid<Data>>,
    /// Of a message that is handed over to the app's own server alone: who receives it. Divar's routes
    /// have it in their path.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
}

impl<Data> MediaMessage<Data> {
    /// The media token alone, for an app that adds the rest itself.
    #[must_use]
    pub const fn bare(media_token: String) -> Self {
        Self {
            media_token,
            text_message: None,
            message: None,
            buttons: None,
            sender_buttons: None,
            receiver_buttons: None,
            target: None,
            conversation_id: None,
            user_id: None,
        }
    }

    /// With its recipient, for the app's own message route.
    #[must_use]
    pub fn addressed(self, target: Target, id: String) -> Self {
        let (conversation_id, user_id) = match target {
            Target::User => (None, Some(id)),
            Target::Chatbot | Target::Conversation => (Some(id), None),
        };
        Self {
            target: Some(target.name()),
            conversation_id,
            user_id,
            ..self
        }
    }

    /// The whole body of a target's route.
    #[must_use]
    pub fn new(media_token: String, buttons: Buttons<Data>) -> Self {
        let bare = Self::bare(media_token);
        match buttons {
            Buttons::Chatbot(buttons) => Self {
                text_message: Some(NO_TEXT),
                buttons,
                ..bare
            },
            Buttons::Conversation { sender, receiver } => Self {
                message: Some(NO_TEXT),
                sender_buttons: sender,
                receiver_buttons: receiver,
                ..bare
            },
        }
    }
}

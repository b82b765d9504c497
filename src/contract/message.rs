//! Messages that carry a media token.

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
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chatbot, Self::User, Self::Conversation];

    /// What Divar calls the text of a message to it. Divar takes text or media, not both, and yet
    /// marks the text field as required. An empty string satisfies both readings (in proto3 it equals
    /// absent), so a message with a target carries one. Samples also show `"type": "TEXT"`, which no
    /// schema knows: it is never sent.
    #[must_use]
    pub const fn text_field(self) -> &'static str {
        match self {
            Self::Chatbot | Self::User => "text_message",
            Self::Conversation => "message",
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_target_has_its_own_text_field_and_sides() {
        for target in [Target::Chatbot, Target::User] {
            assert_eq!(target.text_field(), "text_message");
            assert_eq!(target.sides(), ["buttons"]);
        }
        let conversation = Target::Conversation;
        assert_eq!(conversation.text_field(), "message");
        assert_eq!(conversation.sides(), ["sender_buttons", "receiver_buttons"]);
    }
}

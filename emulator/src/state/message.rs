//! Accepted messages.

use std::{sync::Arc, time::SystemTime};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::{limits::Charge, state::media::Media};

/// The kind of recipient of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A chatbot conversation.
    BotConversation,
    /// A user, through the chatbot.
    BotUser,
    /// A conversation between users.
    Conversation,
}

/// An accepted message.
pub struct Message {
    /// Its own id.
    pub id: String,
    /// Which of the three routes was used.
    pub target: Target,
    /// The id in that route.
    pub target_id: String,
    /// The conversation that it was added to.
    pub conversation_id: String,
    /// The request's body as it was sent.
    pub body: Box<RawValue>,
    /// Its text; empty beside media.
    pub text: String,
    /// Its picture, video, voice note or document.
    pub media: Option<Arc<Media>>,
    /// When it was accepted.
    pub sent_at: SystemTime,
    /// The bytes that the message takes in memory.
    #[expect(dead_code, reason = "returned to its budget on drop")]
    pub charge: Charge,
}

//! Divar's routes.

use axum::{extract::MatchedPath, http::Method};
use serde::Serialize;

/// Step 1.
pub const TOKEN: &str = "/experimental/open-platform/chat/upload";
/// Step 2.
pub const UPLOAD: &str = "/upload/{media_type}";
/// Step 3, to a chatbot conversation.
pub const BOT_CONVERSATION: &str =
    "/v1/open-platform/chat/bot/conversations/{conversation_id}/messages";
/// Step 3, to a user through the chatbot.
pub const BOT_USER: &str = "/v1/open-platform/chat/bot/users/{user_id}/messages";
/// Step 3, to a conversation between users.
pub const USER_CONVERSATION: &str = "/v2/open-platform/conversations/{conversation_id}/messages";
/// The end of all three of step 3's routes, also where the id is empty.
pub const MESSAGES: &str = "/messages";
/// Reading a conversation.
pub const CONVERSATION: &str = "/v1/open-platform/chat/conversations/{conversation_id}";

/// Which of Divar's calls a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Step 1: mint an upload token.
    Token,
    /// Step 2: upload a file.
    Upload,
    /// Step 3: send a message, to any of the three targets.
    Message,
    /// Read a conversation.
    Conversation,
    /// Anything else: an unknown path, a wrong method, a pre-flight.
    Other,
}

impl Route {
    /// The call of this method on the route that the path matched.
    pub fn of(method: &Method, matched: Option<&MatchedPath>) -> Self {
        let Some(path) = matched.map(MatchedPath::as_str) else {
            return Self::Other;
        };
        match path {
            TOKEN if method == Method::POST => Self::Token,
            UPLOAD if method == Method::POST => Self::Upload,
            CONVERSATION if method == Method::GET => Self::Conversation,
            path if path.ends_with(MESSAGES) && method == Method::POST => Self::Message,
            _ => Self::Other,
        }
    }
}

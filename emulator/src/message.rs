//! Step 3: a message to one of the three targets.

use std::{sync::Arc, time::SystemTime};

use axum::{Extension, Json};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::Value;

use crate::{
    auth::{AccessToken, ApiKey},
    buttons::Grid,
    media::Media,
    opaque,
    payload::{Id, Object, Payload},
    space::Space,
    status::Status,
};

/// Who a message was sent to.
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
    /// Which of the three routes it came by.
    pub target: Target,
    /// The id in that route.
    pub target_id: String,
    /// The conversation in which it now stands.
    pub conversation_id: String,
    /// The request's body as it came.
    pub body: Value,
    /// Its text; empty beside media.
    pub text: String,
    /// Its picture, video, voice or document.
    pub media: Option<Arc<Media>>,
    /// When it was accepted.
    pub sent_at: SystemTime,
}

/// The body for both chatbot targets. `user_id` and `conversation_id` are also in the bodies that
/// Divar's own SDKs send, on both routes. `type` appears in Divar's samples but not in the schema:
/// ignored. Other unknown fields are rejected as typos.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BotBody {
    text_message: Option<String>,
    media_token: Option<String>,
    buttons: Option<Object<Grid>>,
    conversation_id: Option<String>,
    user_id: Option<String>,
    #[serde(rename = "type")]
    _type: Option<IgnoredAny>,
}

/// The body for a conversation between users.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserBody {
    message: Option<String>,
    media_token: Option<String>,
    sender_buttons: Option<Object<Grid>>,
    receiver_buttons: Option<Object<Grid>>,
    #[serde(rename = "type")]
    _type: Option<IgnoredAny>,
}

/// The answer to both chatbot targets.
#[derive(Serialize)]
pub struct BotAnswer {
    conversation_id: String,
}

/// The answer to a conversation between users.
#[derive(Serialize)]
pub struct UserAnswer {
    status: i32,
    message: &'static str,
}

/// `POST /v1/open-platform/chat/bot/conversations/{conversation_id}/messages`
pub async fn to_bot_conversation(
    _: ApiKey,
    Id(conversation): Id,
    Extension(space): Extension<Arc<Space>>,
    payload: Payload<BotBody>,
) -> Result<Json<BotAnswer>, Status> {
    check_id(
        "conversation_id",
        payload.body.conversation_id.as_deref(),
        &conversation,
    )?;
    let draft = payload.draft(
        &space,
        Target::BotConversation,
        conversation.clone(),
        conversation,
    )?;
    let conversation_id = draft.send(&space)?;
    Ok(Json(BotAnswer { conversation_id }))
}

/// `POST /v1/open-platform/chat/bot/users/{user_id}/messages`
pub async fn to_bot_user(
    _: ApiKey,
    _: AccessToken,
    Id(user): Id,
    Extension(space): Extension<Arc<Space>>,
    payload: Payload<BotBody>,
) -> Result<Json<BotAnswer>, Status> {
    let conversation = opaque::conversation_of(&user);
    check_id("user_id", payload.body.user_id.as_deref(), &user)?;
    let draft = payload.draft(&space, Target::BotUser, user, conversation)?;
    let conversation_id = draft.send(&space)?;
    Ok(Json(BotAnswer { conversation_id }))
}

/// `POST /v2/open-platform/conversations/{conversation_id}/messages`
pub async fn to_conversation(
    _: ApiKey,
    _: AccessToken,
    Id(conversation): Id,
    Extension(space): Extension<Arc<Space>>,
    payload: Payload<UserBody>,
) -> Result<Json<UserAnswer>, Status> {
    check_grid(
        &space,
        "sender_buttons",
        payload.body.sender_buttons.as_ref(),
    )?;
    check_grid(
        &space,
        "receiver_buttons",
        payload.body.receiver_buttons.as_ref(),
    )?;
    let draft = Draft {
        target: Target::Conversation,
        target_id: conversation.clone(),
        conversation_id: conversation,
        raw: payload.raw,
        content: Content::of(payload.body.message, payload.body.media_token, "message")?,
    };
    draft.send(&space)?;
    Ok(Json(UserAnswer {
        status: 200,
        message: "message sent",
    }))
}

/// The address of a target whose id is empty, which no route with an id matches.
pub async fn without_id(_: ApiKey) -> Status {
    Status::invalid("the id in the path is empty")
}

impl Payload<BotBody> {
    fn draft(
        self,
        space: &Space,
        target: Target,
        target_id: String,
        conversation_id: String,
    ) -> Result<Draft, Status> {
        check_grid(space, "buttons", self.body.buttons.as_ref())?;
        Ok(Draft {
            target,
            target_id,
            conversation_id,
            raw: self.raw,
            content: Content::of(
                self.body.text_message,
                self.body.media_token,
                "text_message",
            )?,
        })
    }
}

fn check_grid(space: &Space, field: &str, grid: Option<&Object<Grid>>) -> Result<(), Status> {
    let Some(Object(grid)) = grid else {
        return Ok(());
    };
    let allow_unknown_icons = space.lock().settings.allow_unknown_icons;
    grid.check(field, allow_unknown_icons)
        .map_err(Status::invalid)
}

/// Refuses an id in the body that contradicts the one in the path; an empty one is absent, as in
/// proto3.
fn check_id(field: &str, in_body: Option<&str>, in_path: &str) -> Result<(), Status> {
    match in_body {
        None | Some("") => Ok(()),
        Some(id) if id == in_path => Ok(()),
        Some(_) => Err(Status::invalid(format!(
            "{field} in the body is not the id in the path"
        ))),
    }
}

/// Text or media, never both; an empty string is no text and no media, as in proto3.
enum Content {
    Text(String),
    Media(String),
}

impl Content {
    fn of(text: Option<String>, media: Option<String>, field: &str) -> Result<Self, Status> {
        let text = text.filter(|text| !text.is_empty());
        let media = media.filter(|media| !media.is_empty());
        match (text, media) {
            (Some(text), None) => Ok(Self::Text(text)),
            (None, Some(media)) => Ok(Self::Media(media)),
            (Some(_), Some(_)) => Err(Status::invalid(format!(
                "{field} and media_token exclude each other: a message is text or media"
            ))),
            (None, None) => Err(Status::invalid(format!(
                "both {field} and media_token are missing or empty: a message is text or media"
            ))),
        }
    }
}

/// A message whose own body is in order; whether it can be delivered depends on the space.
struct Draft {
    target: Target,
    target_id: String,
    conversation_id: String,
    raw: Value,
    content: Content,
}

impl Draft {
    /// Puts the message into its conversation, whose id comes back.
    fn send(self, space: &Space) -> Result<String, Status> {
        let mut known = space.lock();
        let (text, media) = match self.content {
            Content::Text(text) => (text, None),
            Content::Media(token) => {
                let unknown = || Status::invalid("media_token is unknown: no upload gave it");
                (
                    String::new(),
                    Some(known.media(&token).ok_or_else(unknown)?),
                )
            }
        };
        let is_blocked = |id: &String| *id == self.target_id || *id == self.conversation_id;
        if known.settings.blocked.iter().any(is_blocked) {
            return Err(Status::blocked());
        }
        let conversation_id = self.conversation_id.clone();
        known.messages.push(Message {
            id: opaque::message_id(),
            target: self.target,
            target_id: self.target_id,
            conversation_id: self.conversation_id,
            body: self.raw,
            text,
            media,
            sent_at: SystemTime::now(),
        });
        Ok(conversation_id)
    }
}

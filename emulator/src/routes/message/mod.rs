//! Step 3: a message to one of the three targets.

use std::{sync::Arc, time::SystemTime};

use axum::{Extension, Json, extract::State};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::value::RawValue;

use self::buttons::Grid;
use crate::{
    app::App,
    credentials::{AccessToken, ApiKey},
    ids,
    routes::{
        json_body::{JsonBody, JsonObject},
        path_id::PathId,
    },
    state::{
        message::{Message, Target},
        space::Space,
    },
    status::Status,
};

mod buttons;
mod icons;

/// The body for both chatbot targets. `user_id` and `conversation_id` are also in the bodies that
/// Divar's own SDKs send, on both routes. `type` appears in Divar's samples but not in the schema:
/// ignored. Other unknown fields are rejected as typos.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BotBody {
    text_message: Option<String>,
    media_token: Option<String>,
    buttons: Option<JsonObject<Grid>>,
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
    sender_buttons: Option<JsonObject<Grid>>,
    receiver_buttons: Option<JsonObject<Grid>>,
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
    PathId(conversation): PathId,
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    body: JsonBody<BotBody>,
) -> Result<Json<BotAnswer>, Status> {
    check_id(
        "conversation_id",
        body.value.conversation_id.as_deref(),
        &conversation,
    )?;
    let draft = body.draft(
        &space,
        Target::BotConversation,
        conversation.clone(),
        conversation,
    )?;
    let conversation_id = draft.send(&app, &space)?;
    Ok(Json(BotAnswer { conversation_id }))
}

/// `POST /v1/open-platform/chat/bot/users/{user_id}/messages`
pub async fn to_bot_user(
    _: ApiKey,
    _: AccessToken,
    PathId(user): PathId,
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    body: JsonBody<BotBody>,
) -> Result<Json<BotAnswer>, Status> {
    let conversation = ids::conversation_of(&user);
    check_id("user_id", body.value.user_id.as_deref(), &user)?;
    let draft = body.draft(&space, Target::BotUser, user, conversation)?;
    let conversation_id = draft.send(&app, &space)?;
    Ok(Json(BotAnswer { conversation_id }))
}

/// `POST /v2/open-platform/conversations/{conversation_id}/messages`
pub async fn to_conversation(
    _: ApiKey,
    _: AccessToken,
    PathId(conversation): PathId,
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    body: JsonBody<UserBody>,
) -> Result<Json<UserAnswer>, Status> {
    check_grid(&space, "sender_buttons", body.value.sender_buttons.as_ref())?;
    check_grid(
        &space,
        "receiver_buttons",
        body.value.receiver_buttons.as_ref(),
    )?;
    let draft = Draft {
        target: Target::Conversation,
        target_id: conversation.clone(),
        conversation_id: conversation,
        raw: body.raw,
        content: Content::of(body.value.message, body.value.media_token, "message")?,
    };
    draft.send(&app, &space)?;
    Ok(Json(UserAnswer {
        status: 200,
        message: "message sent",
    }))
}

/// A message's route with an empty id.
pub async fn without_id(_: ApiKey) -> Status {
    Status::invalid("the id in the path is empty")
}

impl JsonBody<BotBody> {
    fn draft(
        self,
        space: &Space,
        target: Target,
        target_id: String,
        conversation_id: String,
    ) -> Result<Draft, Status> {
        check_grid(space, "buttons", self.value.buttons.as_ref())?;
        Ok(Draft {
            target,
            target_id,
            conversation_id,
            raw: self.raw,
            content: Content::of(
                self.value.text_message,
                self.value.media_token,
                "text_message",
            )?,
        })
    }
}

fn check_grid(space: &Space, field: &str, grid: Option<&JsonObject<Grid>>) -> Result<(), Status> {
    let Some(JsonObject(grid)) = grid else {
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

/// Text or media, not both. An empty string is absent, as in proto3.
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

/// A message whose body is valid.
struct Draft {
    target: Target,
    target_id: String,
    conversation_id: String,
    raw: Box<RawValue>,
    content: Content,
}

impl Draft {
    /// Adds the message to its conversation; returns the conversation's id.
    fn send(self, app: &App, space: &Arc<Space>) -> Result<String, Status> {
        let charge = app
            .messages
            .reserve(self.size())
            .ok_or_else(|| Status::internal("no memory is left for another message"))?;
        let mut state = space.lock();
        let (text, media) = match self.content {
            Content::Text(text) => (text, None),
            Content::Media(token) => {
                let unknown = || Status::invalid("media_token is unknown");
                (
                    String::new(),
                    Some(state.media(&token).ok_or_else(unknown)?),
                )
            }
        };
        let is_blocked = |id: &String| *id == self.target_id || *id == self.conversation_id;
        if state.settings.blocked.iter().any(is_blocked) {
            return Err(Status::blocked());
        }
        let conversation_id = self.conversation_id.clone();
        state.messages.push(Message {
            id: ids::message_id(),
            target: self.target,
            target_id: self.target_id,
            conversation_id: self.conversation_id,
            body: self.raw,
            text,
            media,
            sent_at: SystemTime::now(),
            charge,
        });
        drop(state);
        app.messages.push(space, ());
        Ok(conversation_id)
    }

    /// The bytes that the message takes in memory, about.
    fn size(&self) -> u64 {
        let (Content::Text(content) | Content::Media(content)) = &self.content;
        let ids = self.target_id.len() + self.conversation_id.len();
        (size_of::<Message>() + self.raw.get().len() + content.len() + ids) as u64
    }
}

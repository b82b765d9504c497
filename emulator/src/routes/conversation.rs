//! Reading a conversation. Every id is that of a conversation, which may be empty.
//!
//! Divar's text says that this route returns texts only; its schema also has pictures, videos,
//! voices and files, and the emulator returns those, too.

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::HeaderMap};
use serde::Serialize;

use crate::{
    app::App,
    credentials::{AccessToken, ApiKey},
    media::media_type::MediaType,
    routes::path_id::PathId,
    state::{
        media::Media,
        message::{Message, Target},
        space::Space,
    },
    time::timestamp,
};

/// The answer.
#[derive(Serialize)]
pub struct Conversation {
    conversation: ConversationInfo,
    messages: Vec<MessageEntry>,
}

#[derive(Serialize)]
struct ConversationInfo {
    id: String,
    r#type: &'static str,
}

#[derive(Serialize)]
struct MessageEntry {
    id: String,
    r#type: &'static str,
    sent_at: String,
    sender: Sender,
    #[serde(flatten)]
    data: MessageData,
}

/// The sender is always the app: a seller's, by its chatbot or in its user's name.
#[derive(Serialize)]
struct Sender {
    side: &'static str,
    r#type: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum MessageData {
    Text { text: String },
    Image { image_data: ImageData },
    Video { video_data: FileLink },
    Voice { voice_data: FileLink },
    File { file_data: FileData },
}

/// 64-bit numbers are strings in proto3's JSON.
#[derive(Serialize)]
struct FileLink {
    link: String,
    size_bytes: String,
}

#[derive(Serialize)]
struct ImageData {
    #[serde(flatten)]
    file: FileLink,
    #[serde(skip_serializing_if = "Option::is_none")]
    width_px: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height_px: Option<usize>,
}

#[derive(Serialize)]
struct FileData {
    name: String,
    #[serde(flatten)]
    file: FileLink,
}

/// `GET /v1/open-platform/chat/conversations/{conversation_id}`
pub async fn read(
    _: ApiKey,
    _: AccessToken,
    PathId(id): PathId,
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    headers: HeaderMap,
) -> Json<Conversation> {
    let base = app.base_url(&space, &headers);
    let state = space.lock();
    let in_conversation = || {
        state
            .messages
            .iter()
            .filter(|message| message.conversation_id == id)
    };
    let between_users = in_conversation().any(|message| message.target == Target::Conversation);
    let messages = in_conversation()
        .map(|message| MessageEntry::of(message, &base))
        .collect();
    let conversation = ConversationInfo {
        id: id.clone(),
        r#type: if between_users { "POST" } else { "BOT" },
    };
    Json(Conversation {
        conversation,
        messages,
    })
}

impl MessageEntry {
    fn of(message: &Message, base: &str) -> Self {
        let (r#type, data) = match &message.media {
            Some(media) => MessageData::of(media, base),
            None => (
                "TEXT",
                MessageData::Text {
                    text: message.text.clone(),
                },
            ),
        };
        Self {
            id: message.id.clone(),
            r#type,
            sent_at: timestamp(message.sent_at),
            sender: Sender {
                side: "SELLER",
                r#type: match message.target {
                    Target::Conversation => "HUMAN",
                    Target::BotConversation | Target::BotUser => "BOT",
                },
            },
            data,
        }
    }
}

impl MessageData {
    fn of(media: &Media, base: &str) -> (&'static str, Self) {
        let file = FileLink {
            link: media.link(base),
            size_bytes: media.size.to_string(),
        };
        match media.kind {
            MediaType::Image => {
                let image_data = ImageData {
                    file,
                    width_px: media.pixels.map(|(width, _)| width),
                    height_px: media.pixels.map(|(_, height)| height),
                };
                ("IMAGE", Self::Image { image_data })
            }
            MediaType::Video => ("VIDEO", Self::Video { video_data: file }),
            MediaType::Voice => ("VOICE", Self::Voice { voice_data: file }),
            MediaType::File => {
                let name = media.display_name();
                (
                    "FILE",
                    Self::File {
                        file_data: FileData { name, file },
                    },
                )
            }
        }
    }
}

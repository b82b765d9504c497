//! Reading a conversation back. Every id is that of a conversation here, if only an empty one:
//! the emulator does not know who talks to whom.
//!
//! Divar says of this route that it leaves out all but texts; its schema has pictures, videos,
//! voices and files all the same, and the emulator returns them, so that a demo can show them.

use std::{sync::Arc, time::SystemTime};

use axum::{Extension, Json, extract::State, http::HeaderMap};
use serde::Serialize;

use crate::{
    auth::{AccessToken, ApiKey},
    media::{Media, MediaType},
    message::{Message, Target},
    payload::Id,
    space::{App, Space},
};

/// Divar's answer.
#[derive(Serialize)]
pub struct Conversation {
    conversation: About,
    messages: Vec<Entry>,
}

#[derive(Serialize)]
struct About {
    id: String,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    r#type: &'static str,
    sent_at: String,
    sender: Sender,
    #[serde(flatten)]
    data: Data,
}

/// The sender is always the app: a seller's, by its chatbot or in its user's name.
#[derive(Serialize)]
struct Sender {
    side: &'static str,
    r#type: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Data {
    Text { text: String },
    Image { image_data: Image },
    Video { video_data: Plain },
    Voice { voice_data: Plain },
    File { file_data: Document },
}

/// 64-bit numbers are strings in proto3's JSON.
#[derive(Serialize)]
struct Plain {
    link: String,
    size_bytes: String,
}

#[derive(Serialize)]
struct Image {
    #[serde(flatten)]
    plain: Plain,
    #[serde(skip_serializing_if = "Option::is_none")]
    width_px: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height_px: Option<usize>,
}

#[derive(Serialize)]
struct Document {
    name: String,
    #[serde(flatten)]
    plain: Plain,
}

/// `GET /v1/open-platform/chat/conversations/{conversation_id}`
pub async fn read(
    _: ApiKey,
    _: AccessToken,
    Id(id): Id,
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    headers: HeaderMap,
) -> Json<Conversation> {
    let base = app.base(&space, &headers);
    let known = space.lock();
    let inside = || {
        known
            .messages
            .iter()
            .filter(|message| message.conversation_id == id)
    };
    let between_users = inside().any(|message| message.target == Target::Conversation);
    let messages = inside().map(|message| Entry::of(message, &base)).collect();
    let about = About {
        id: id.clone(),
        r#type: if between_users { "POST" } else { "BOT" },
    };
    Json(Conversation {
        conversation: about,
        messages,
    })
}

/// A moment as RFC 3339, to the millisecond.
pub fn timestamp(moment: SystemTime) -> String {
    humantime::format_rfc3339_millis(moment).to_string()
}

impl Entry {
    fn of(message: &Message, base: &str) -> Self {
        let (r#type, data) = match &message.media {
            Some(media) => Data::of(media, base),
            None => (
                "TEXT",
                Data::Text {
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

impl Data {
    fn of(media: &Media, base: &str) -> (&'static str, Self) {
        let plain = Plain {
            link: media.link(base),
            size_bytes: media.size.to_string(),
        };
        match media.kind {
            MediaType::Image => {
                let image_data = Image {
                    plain,
                    width_px: media.pixels.map(|(width, _)| width),
                    height_px: media.pixels.map(|(_, height)| height),
                };
                ("IMAGE", Self::Image { image_data })
            }
            MediaType::Video => ("VIDEO", Self::Video { video_data: plain }),
            MediaType::Voice => ("VOICE", Self::Voice { voice_data: plain }),
            MediaType::File => {
                let name = media.shown_name();
                (
                    "FILE",
                    Self::File {
                        file_data: Document { name, plain },
                    },
                )
            }
        }
    }
}

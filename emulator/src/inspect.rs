//! `/__emulator/…`: what was received, and what shall happen next.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_http::services::ServeFile;

use crate::{
    conversation::timestamp,
    fault::Fault,
    media::{Media, MediaType},
    message::{Message, Target},
    payload::Payload,
    space::{App, Change, Settings, Space},
    status::Status,
    store,
};

/// What `GET /__emulator/` says.
pub const HELP: &str = "\
/__emulator/ of this emulator; with /@NAME in front, of the space NAME

GET    /__emulator/requests            every request of Divar's routes, in order of arrival
GET    /__emulator/messages            every accepted message, in order
GET    /__emulator/files/{media_token} an uploaded file
GET    /__emulator/settings            token_ttl_ms, token_uses, megabyte, blocked,
                                       allow_unknown_icons
PUT    /__emulator/settings            changes those that are named
GET    /__emulator/faults              the faults that wait
POST   /__emulator/faults              adds faults: {\"faults\": [{\"on\": \"upload\", \"status\": {\"status\": 503}}]}
DELETE /__emulator/faults              drops the faults that wait
DELETE /__emulator                     forgets all of this, files included
";

/// The routes; they stand in no journal and meet no fault.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/__emulator", get(help).delete(forget))
        .route("/__emulator/", get(help).delete(forget))
        .route("/__emulator/requests", get(requests))
        .route("/__emulator/messages", get(messages))
        .route("/__emulator/files/{media_token}", get(file))
        .route("/__emulator/settings", get(settings).put(change))
        .route("/__emulator/faults", get(faults).post(script).delete(clear))
}

async fn help() -> &'static str {
    HELP
}

async fn forget(
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
) -> StatusCode {
    for media in app.forget(&space) {
        store::delete(&media.path);
    }
    StatusCode::NO_CONTENT
}

async fn requests(Extension(space): Extension<Arc<Space>>) -> Json<Value> {
    let records = space.lock().requests.clone();
    let views: Vec<_> = records.iter().map(|record| record.view()).collect();
    Json(json!({ "requests": views }))
}

/// A message as `/__emulator/messages` shows it.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    target: Target,
    target_id: &'a str,
    conversation_id: &'a str,
    sent_at: String,
    body: &'a Value,
    media: Option<Carried<'a>>,
}

#[derive(Serialize)]
struct Carried<'a> {
    media_token: &'a str,
    r#type: MediaType,
    name: Option<&'a str>,
    size: u64,
    sha256: &'a str,
    link: String,
}

async fn messages(
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    headers: HeaderMap,
) -> Json<Value> {
    let base = app.base(&space, &headers);
    let known = space.lock();
    let sent: Vec<_> = known
        .messages
        .iter()
        .map(|message| Shown::of(message, &base))
        .collect();
    Json(json!({ "messages": sent }))
}

impl<'a> Shown<'a> {
    fn of(message: &'a Message, base: &str) -> Self {
        Self {
            id: &message.id,
            target: message.target,
            target_id: &message.target_id,
            conversation_id: &message.conversation_id,
            sent_at: timestamp(message.sent_at),
            body: &message.body,
            media: message
                .media
                .as_deref()
                .map(|media| Carried::of(media, base)),
        }
    }
}

impl<'a> Carried<'a> {
    fn of(media: &'a Media, base: &str) -> Self {
        Self {
            media_token: &media.token,
            r#type: media.kind,
            name: media.name.as_deref(),
            size: media.size,
            sha256: &media.sha256,
            link: media.link(base),
        }
    }
}

/// An uploaded file, whole or by ranges, as players ask for it.
async fn file(
    Extension(space): Extension<Arc<Space>>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Status> {
    let media = space
        .lock()
        .media(&token)
        .ok_or_else(|| Status::not_found("no upload gave this media token"))?;
    let mut response = ServeFile::new(&media.path)
        .oneshot(request)
        .await
        .map_err(|error| Status::internal(error.to_string()))?
        .into_response();
    let headers = response.headers_mut();
    let content_type = HeaderValue::from_static(media.format.content_type());
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline"),
    );
    Ok(response)
}

async fn settings(Extension(space): Extension<Arc<Space>>) -> Json<Settings> {
    Json(space.lock().settings.clone())
}

async fn change(
    Extension(space): Extension<Arc<Space>>,
    Payload { body: change, .. }: Payload<Change>,
) -> Result<Json<Settings>, Status> {
    let mut known = space.lock();
    known.settings = known.settings.with(change).map_err(Status::invalid)?;
    Ok(Json(known.settings.clone()))
}

/// Faults to add, and those that wait.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    faults: Vec<Fault>,
}

async fn faults(Extension(space): Extension<Arc<Space>>) -> Json<Script> {
    Json(pending(&space))
}

async fn script(
    Extension(space): Extension<Arc<Space>>,
    Payload { body: script, .. }: Payload<Script>,
) -> Json<Script> {
    space.lock().faults.extend(script.faults);
    Json(pending(&space))
}

async fn clear(Extension(space): Extension<Arc<Space>>) -> StatusCode {
    space.lock().faults.clear();
    StatusCode::NO_CONTENT
}

fn pending(space: &Space) -> Script {
    Script {
        faults: space.lock().faults.iter().cloned().collect(),
    }
}

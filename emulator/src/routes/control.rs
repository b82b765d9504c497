//! `/__emulator/…`: the record of what was received, settings and faults.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use crate::{
    app::App,
    faults::fault::Fault,
    media::media_type::MediaType,
    routes::json_body::JsonBody,
    settings::{Settings, SettingsPatch},
    state::{
        media::Media,
        message::{Message, Target},
        record::RequestJson,
        space::Space,
    },
    status::Status,
    time::timestamp,
};

/// The answer of `GET /__emulator/`.
const HELP: &str = "\
/__emulator/ of this emulator; with /@NAME in front, of the space NAME

GET    /__emulator/requests            every request but those to /__emulator, in order
GET    /__emulator/messages            every accepted message, in order
GET    /__emulator/files/{media_token} an uploaded file
GET    /__emulator/settings            token_ttl_ms, token_uses, megabyte, blocked,
                                       allow_unknown_icons
PUT    /__emulator/settings            changes those that are named
GET    /__emulator/faults              the faults in the queue
POST   /__emulator/faults              adds faults: {\"faults\": [{\"on\": \"upload\", \"status\": {\"status\": 503}}]}
DELETE /__emulator/faults              drops the faults in the queue
DELETE /__emulator                     forgets all of this, files included
";

/// The routes. Requests to them are not recorded and meet no fault.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/__emulator", get(help).delete(forget))
        .route("/__emulator/", get(help).delete(forget))
        .route("/__emulator/requests", get(requests))
        .route("/__emulator/messages", get(messages))
        .route("/__emulator/files/{media_token}", get(file))
        .route("/__emulator/settings", get(settings).put(change_settings))
        .route(
            "/__emulator/faults",
            get(faults).post(add_faults).delete(clear_faults),
        )
}

async fn help() -> &'static str {
    HELP
}

async fn forget(
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
) -> StatusCode {
    app.forget(&space);
    StatusCode::NO_CONTENT
}

async fn requests(Extension(space): Extension<Arc<Space>>) -> Response {
    let (records, dropped): (Vec<_>, _) = {
        let state = space.lock();
        (
            state.requests.iter().cloned().collect(),
            state.requests.removed(),
        )
    };
    let requests = records.iter().map(|record| record.to_json()).collect();
    Json(RequestList { requests, dropped }).into_response()
}

/// `dropped` is the number of older requests that are no longer kept.
#[derive(Serialize)]
struct RequestList<'a> {
    requests: Vec<RequestJson<'a>>,
    dropped: usize,
}

/// `dropped` is the number of older messages that are no longer kept.
#[derive(Serialize)]
struct MessageList<'a> {
    messages: Vec<MessageJson<'a>>,
    dropped: usize,
}

/// A message as `/__emulator/messages` has it.
#[derive(Serialize)]
struct MessageJson<'a> {
    id: &'a str,
    target: Target,
    target_id: &'a str,
    conversation_id: &'a str,
    sent_at: String,
    body: &'a RawValue,
    media: Option<MediaJson<'a>>,
}

#[derive(Serialize)]
struct MediaJson<'a> {
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
) -> Response {
    let base = app.base_url(&space, &headers);
    let state = space.lock();
    let messages = state
        .messages
        .iter()
        .map(|message| MessageJson::of(message, &base))
        .collect();
    Json(MessageList {
        messages,
        dropped: state.messages.removed(),
    })
    .into_response()
}

impl<'a> MessageJson<'a> {
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
                .map(|media| MediaJson::of(media, base)),
        }
    }
}

impl<'a> MediaJson<'a> {
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

/// An uploaded file, whole or by ranges.
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

async fn change_settings(
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    JsonBody { value: patch, .. }: JsonBody<SettingsPatch>,
) -> Result<Json<Settings>, Status> {
    let mut state = space.lock();
    let settings = state.settings.with(patch).map_err(Status::invalid)?;
    let charge = app.control.take(settings.size()).ok_or_else(|| {
        Status::too_large("the settings and faults of all spaces take too many bytes")
    })?;
    state.settings_charge = Some(charge);
    state.settings = settings;
    Ok(Json(state.settings.clone()))
}

/// Faults to add, or those in the queue.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Faults {
    faults: Vec<Fault>,
}

async fn faults(Extension(space): Extension<Arc<Space>>) -> Json<Faults> {
    Json(queued(&space))
}

async fn add_faults(
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    JsonBody { value: added, .. }: JsonBody<Faults>,
) -> Result<Json<Faults>, Status> {
    let added = space.lock().faults.extend(added.faults, &app.control);
    added.map_err(Status::too_large)?;
    Ok(Json(queued(&space)))
}

async fn clear_faults(Extension(space): Extension<Arc<Space>>) -> StatusCode {
    space.lock().faults.clear();
    StatusCode::NO_CONTENT
}

fn queued(space: &Space) -> Faults {
    Faults {
        faults: space.lock().faults.to_vec(),
    }
}

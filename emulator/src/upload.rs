//! Step 2: upload a file with an upload token.

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::HeaderMap};
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::{
    auth,
    format::{Content, Format},
    inbound::Inbound,
    incoming::Incoming,
    journal::Record,
    media::{Media, MediaType, pixels},
    opaque,
    payload::Id,
    space::{App, Space},
    status::Status,
    store::{self, Stored},
};

/// Divar's answer: the media token.
#[derive(Serialize)]
pub struct Uploaded {
    id: String,
    status: &'static str,
}

/// `POST /upload/{media_type}`
pub async fn receive(
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    Extension(record): Extension<Arc<Record>>,
    Extension(inbound): Extension<Inbound>,
    Id(media_type): Id,
    headers: HeaderMap,
) -> Result<Json<Uploaded>, Status> {
    let kind = MediaType::named(&media_type).ok_or_else(|| {
        Status::not_found("the media type is unknown: it is image, video, voice or file")
    })?;
    let largest = authorize(&space, kind, &headers)?;

    let mut incoming = Incoming::open(inbound, &headers, &record).await?;
    let promise = incoming.promise(kind)?;
    let stored = store::save(&mut incoming, &app.files, largest).await?;
    record.note(|upload| {
        upload.bytes = Some(stored.size);
        upload.sha256 = Some(stored.sha256.clone());
    });
    let name = incoming.finish().await?;

    let media = spawn_blocking(move || examine(kind, promise, name, stored))
        .await
        .map_err(|error| Status::internal(error.to_string()))??;
    let id = media.token.clone();
    if let Err(unwanted) = space.lock().keep(Arc::new(media)) {
        store::delete(&unwanted.path);
        return Err(Status::unauthenticated("the space was forgotten meanwhile"));
    }
    Ok(Json(Uploaded { id, status: "ok" }))
}

/// Spends the token; comes back with the largest file that the space allows.
fn authorize(space: &Space, kind: MediaType, headers: &HeaderMap) -> Result<u64, Status> {
    let token = auth::upload_token(headers).ok_or_else(|| {
        Status::unauthenticated("an upload needs the header Authorization: Bearer UPLOAD_TOKEN")
    })?;
    let mut known = space.lock();
    known.spend(token)?;
    Ok(kind.largest(&known.settings))
}

/// Looks into a file that has come in whole, and keeps it if Divar would.
fn examine(
    kind: MediaType,
    promise: Option<Format>,
    name: Option<String>,
    stored: Stored,
) -> Result<Media, Status> {
    let content = Content::of(&stored.path).map_err(|error| store::failed(&error))?;
    let format = content.agree(kind, promise).map_err(Status::invalid)?;
    let pixels = (kind == MediaType::Image)
        .then(|| pixels(&stored.path))
        .flatten();
    let token = opaque::media_token();
    let file_name = format!("{token}.{}", format.extension());
    Ok(Media {
        kind,
        format,
        name,
        size: stored.size,
        sha256: stored.sha256.clone(),
        pixels,
        path: stored.keep_as(&file_name)?,
        token,
    })
}

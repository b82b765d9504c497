//! Step 2: upload a file with an upload token.

use std::sync::{Arc, Mutex};

use axum::{Extension, Json, extract::State, http::HeaderMap};
use serde::Serialize;
use tokio::task::spawn_blocking;

use self::{reader::UploadReader, storage::ReceivedFile};
use crate::{
    app::App,
    connection::request_body::RequestBody,
    credentials, ids,
    media::{
        content::{Content, dimensions},
        format::Format,
        media_type::MediaType,
    },
    routes::path_id::PathId,
    state::{media::Media, record::RequestRecord, space::Space},
    status::Status,
};

mod disposition;
mod form_body;
mod reader;
mod storage;

/// The answer, with the media token.
#[derive(Serialize)]
pub struct Uploaded {
    id: String,
    status: &'static str,
}

/// `POST /upload/{media_type}`
pub async fn receive(
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    Extension(record): Extension<Arc<RequestRecord>>,
    Extension(body): Extension<RequestBody>,
    PathId(media_type): PathId,
    headers: HeaderMap,
) -> Result<Json<Uploaded>, Status> {
    let media_type = MediaType::from_name(&media_type).ok_or_else(|| {
        Status::not_found("the media type is unknown: it is image, video, voice or file")
    })?;
    let max_size = authorize(&space, media_type, &headers)?;

    let mut reader = UploadReader::open(body, &headers, &record).await?;
    let declared = reader.declared_format(media_type)?;
    let file = ReceivedFile::write(&mut reader, &app, max_size).await?;
    record.update_upload(|upload| {
        upload.bytes = Some(file.size);
        upload.sha256 = Some(file.sha256.clone());
    });
    let name = reader.finish().await?;

    let media = spawn_blocking(move || accept(media_type, declared, name, file))
        .await
        .map_err(|error| Status::internal(error.to_string()))??;
    let id = media.token.clone();
    let added = space.lock().add_media(Arc::new(media));
    if let Err(media) = added {
        media.delete();
        return Err(Status::unauthenticated(
            "the space was forgotten during the upload",
        ));
    }
    app.media.push(&space, id.clone());
    Ok(Json(Uploaded { id, status: "ok" }))
}

/// Takes one use of the token; returns the largest size in bytes of a file of this type.
fn authorize(space: &Space, media_type: MediaType, headers: &HeaderMap) -> Result<u64, Status> {
    let token = credentials::upload_token(headers).ok_or_else(|| {
        Status::unauthenticated("an upload needs the header Authorization: Bearer UPLOAD_TOKEN")
    })?;
    let mut state = space.lock();
    state.spend_token(token)?;
    Ok(media_type.max_size(state.settings.megabyte))
}

/// Checks the content of a whole file, and keeps the file.
fn accept(
    media_type: MediaType,
    declared: Option<Format>,
    name: Option<String>,
    mut file: ReceivedFile,
) -> Result<Media, Status> {
    let content = Content::of(&file.path).map_err(|error| storage::disk_error(&error))?;
    let format = content
        .resolve(media_type, declared)
        .map_err(Status::invalid)?;
    let pixels = (media_type == MediaType::Image)
        .then(|| dimensions(&file.path))
        .flatten();
    let token = ids::media_token();
    let file_name = format!("{token}.{}", format.extension());
    Ok(Media {
        kind: media_type,
        format,
        name,
        size: file.size,
        sha256: file.sha256.clone(),
        pixels,
        charge: Mutex::new(file.charge.take()),
        path: file.persist_as(&file_name)?,
        token,
    })
}

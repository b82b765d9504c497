//! Step 1: mint an upload token.

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::{Deserialize, Serialize};

use crate::{
    app::App, credentials::ApiKey, routes::json_body::JsonBody, state::space::Space, status::Status,
};

/// The bytes that an upload token takes in memory, about.
const TOKEN_SIZE: u64 = 300;

/// The body: an empty object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// The answer.
#[derive(Serialize)]
pub struct Minted {
    token: String,
}

/// `POST /experimental/open-platform/chat/upload`
pub async fn mint(
    _: ApiKey,
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    _: JsonBody<Empty>,
) -> Result<Json<Minted>, Status> {
    let charge = app
        .tokens
        .reserve(TOKEN_SIZE)
        .ok_or_else(|| Status::internal("no memory is left for upload tokens"))?;
    let token = space.lock().tokens.mint(charge);
    app.tokens.push(&space, token.clone());
    Ok(Json(Minted { token }))
}

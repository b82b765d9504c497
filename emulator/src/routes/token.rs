//! Step 1: mint an upload token.

use std::sync::Arc;

use axum::{Extension, Json};
use serde::{Deserialize, Serialize};

use crate::{credentials::ApiKey, routes::json_body::JsonBody, state::space::Space};

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
    Extension(space): Extension<Arc<Space>>,
    _: JsonBody<Empty>,
) -> Json<Minted> {
    let token = space.lock().mint_token();
    Json(Minted { token })
}

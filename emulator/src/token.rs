//! Step 1: mint an upload token.

use std::sync::Arc;

use axum::{Extension, Json};
use serde::{Deserialize, Serialize};

use crate::{auth::ApiKey, payload::Payload, space::Space};

/// The body that Divar wants: an empty object. Divar's own samples send nothing at all, which its
/// gateway reads as the same thing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// Divar's answer.
#[derive(Serialize)]
pub struct Minted {
    token: String,
}

/// `POST /experimental/open-platform/chat/upload`
pub async fn mint(
    _: ApiKey,
    Extension(space): Extension<Arc<Space>>,
    _: Payload<Empty>,
) -> Json<Minted> {
    let token = space.lock().mint();
    Json(Minted { token })
}

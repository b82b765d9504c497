//! The id in a path.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::status::Status;

/// The id in a path, percent-decoded: `6Gq%2Bm%2FD7%3D` is `6Gq+m/D7=`.
pub struct PathId(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Status;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Status> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(id)) if !id.is_empty() => Ok(Self(id)),
            Ok(_) => Err(Status::invalid("the id in the path is empty")),
            Err(error) => Err(Status::invalid(format!(
                "the id in the path cannot be read: {}",
                error.body_text()
            ))),
        }
    }
}

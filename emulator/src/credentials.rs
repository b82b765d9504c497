//! Credentials: the API key, an OAuth access token, an upload token.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};

use crate::{app::App, status::Status};

/// Proof that a request carries the right `x-api-key`.
pub struct ApiKey;

impl FromRequestParts<Arc<App>> for ApiKey {
    type Rejection = Status;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Status> {
        match parts.headers.get("x-api-key") {
            None => Err(Status::unauthenticated("the header x-api-key is missing")),
            Some(key) if key.as_bytes() == app.key.as_bytes() => Ok(Self),
            Some(_) => Err(Status::unauthenticated("the API key is wrong")),
        }
    }
}

/// Proof that a request carries an OAuth access token. The emulator has no users, so any token
/// that is not empty is accepted.
pub struct AccessToken;

impl FromRequestParts<Arc<App>> for AccessToken {
    type Rejection = Status;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Status> {
        match credential(&parts.headers) {
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("Bearer") => Ok(Self),
            _ => Err(Status::unauthenticated(
                "this route needs the header Authorization: Bearer ACCESS_TOKEN",
            )),
        }
    }
}

/// The upload token of a request, unchecked: after `Bearer`, as Divar's current text has it, or
/// after `Basic`, as its older sample has it; in both cases the bare token.
pub fn upload_token(headers: &HeaderMap) -> Option<&str> {
    credential(headers)
        .filter(|(scheme, _)| {
            scheme.eq_ignore_ascii_case("Bearer") || scheme.eq_ignore_ascii_case("Basic")
        })
        .map(|(_, token)| token)
}

/// Scheme and credential of `Authorization`, where neither is empty.
fn credential(headers: &HeaderMap) -> Option<(&str, &str)> {
    let (scheme, rest) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    let token = rest.trim();
    (!scheme.is_empty() && !token.is_empty()).then_some((scheme, token))
}

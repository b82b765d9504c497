//! Finds a request's space.

use std::{sync::Arc, time::SystemTime};

use axum::{
    extract::{Request, State},
    http::{Uri, uri::PathAndQuery},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{app::App, state::record::RequestStart, status::Status};

/// Bytes of `/@NAME`.
const MAX_PREFIX: usize = 202;

/// Adds the space to the request, and removes its name from the path, so that every space has the
/// same routes. Runs before routing.
pub async fn enter_space(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let target = request
        .uri()
        .path_and_query()
        .map_or("/", PathAndQuery::as_str);
    let start = RequestStart {
        target: target.to_owned(),
        at: SystemTime::now(),
    };
    let (prefix, rest) = split_prefix(target);
    if prefix.len() > MAX_PREFIX {
        let why = format!(
            "a space's name has at most {} bytes",
            MAX_PREFIX - "/@".len()
        );
        return Status::invalid(why).into_response();
    }
    let space = app.space(prefix);
    if let Ok(uri) = rest.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request.extensions_mut().insert(space);
    request.extensions_mut().insert(start);
    next.run(request).await
}

/// `/@NAME/rest?query` is `/@NAME` and `/rest?query`; anything else is in the default space.
fn split_prefix(target: &str) -> (&str, &str) {
    let Some(named) = target.strip_prefix("/@") else {
        return ("", target);
    };
    let end = named.find(['/', '?']).unwrap_or(named.len());
    let (prefix, rest) = target.split_at("/@".len() + end);
    match (end, rest.is_empty()) {
        (0, _) => ("", target),
        (_, true) => (prefix, "/"),
        _ => (prefix, rest),
    }
}

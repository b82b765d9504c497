//! Keeps other sites' pages away from the routes under `/__emulator/`.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer};

use crate::{app::App, status::Status};

/// Answers 403 to the pages of other origins, pre-flights included.
///
/// A page's request without `Origin` is one whose answer the page cannot read: an image, a link. It
/// can change nothing: browsers send `Origin` with every POST of another site, and ask by a
/// pre-flight before a PUT, a DELETE or a POST with JSON, which is the only one accepted.
pub async fn check_origin(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match app.allowed_origins.check(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(why) => Status::forbidden(why).into_response(),
    }
}

/// Cross-origin headers for the pages that [`check_origin`] lets through.
pub fn allowed_origins_only() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::mirror_request())
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .allow_private_network(true)
}

//! The router.

use std::sync::Arc;

use axum::{
    Router,
    http::header,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use tower_http::cors::{AllowHeaders, AllowMethods, Any, CorsLayer};

use crate::{
    app::App,
    middleware::{
        origin::{allowed_origins_only, check_origin},
        record::record_request,
        scripted_answer::answer_by_fault,
    },
    route::{BOT_CONVERSATION, BOT_USER, CONVERSATION, MESSAGES, TOKEN, UPLOAD, USER_CONVERSATION},
    status::Status,
};

mod control;
mod conversation;
mod json_body;
mod message;
mod path_id;
mod token;
mod upload;

/// All routes, without the space's name.
pub fn all(app: Arc<App>) -> Router {
    let control = control::routes()
        .layer(allowed_origins_only())
        .layer(from_fn_with_state(Arc::clone(&app), check_origin));
    divar(Arc::clone(&app)).merge(control).with_state(app)
}

/// Divar's routes.
fn divar(app: Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route(TOKEN, post(token::mint))
        .route(UPLOAD, post(upload::receive))
        .route(BOT_CONVERSATION, post(message::to_bot_conversation))
        .route(BOT_USER, post(message::to_bot_user))
        .route(USER_CONVERSATION, post(message::to_conversation))
        .route(&without_id(BOT_CONVERSATION), post(message::without_id))
        .route(&without_id(BOT_USER), post(message::without_id))
        .route(&without_id(USER_CONVERSATION), post(message::without_id))
        .route(CONVERSATION, get(conversation::read))
        .fallback(not_found)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(answer_by_fault))
        .layer(any_origin())
        .layer(from_fn_with_state(app, record_request))
}

/// A message's route with an empty id, which its pattern does not match.
fn without_id(route: &str) -> String {
    let id = route.find('{').unwrap_or_default();
    format!("{}{MESSAGES}", &route[..id])
}

async fn not_found() -> Status {
    Status::not_found("no such route; /__emulator/ says what this server is")
}

async fn wrong_method() -> Status {
    Status::wrong_method("the route does not take this method")
}

/// Any page may call, with any header, and read `Retry-After`. What Divar allows is unknown; a
/// developer's page on another port must be able to call.
fn any_origin() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .allow_private_network(true)
        .expose_headers([header::RETRY_AFTER])
}

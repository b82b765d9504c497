//! Where everything is.

use std::sync::Arc;

use axum::{
    Router,
    http::header,
    middleware::from_fn,
    routing::{get, post},
};
use tower_http::cors::{AllowHeaders, AllowMethods, Any, CorsLayer};

use crate::{conversation, inspect, message, space::App, status::Status, token, upload, watch};

/// Step 1.
pub const TOKEN: &str = "/experimental/open-platform/chat/upload";
/// Step 2.
pub const UPLOAD: &str = "/upload/{media_type}";
/// Step 3, to a chatbot conversation.
pub const BOT_CONVERSATION: &str =
    "/v1/open-platform/chat/bot/conversations/{conversation_id}/messages";
/// Step 3, to a user through the chatbot.
pub const BOT_USER: &str = "/v1/open-platform/chat/bot/users/{user_id}/messages";
/// Step 3, to a conversation between users.
pub const USER_CONVERSATION: &str = "/v2/open-platform/conversations/{conversation_id}/messages";
/// The end of all three of step 3's routes, also where the id is empty.
pub const MESSAGES: &str = "/messages";
/// A conversation, to read.
pub const CONVERSATION: &str = "/v1/open-platform/chat/conversations/{conversation_id}";

/// All routes, without a space's name.
pub fn all(app: Arc<App>) -> Router {
    divar()
        .merge(inspect::routes().layer(cross_origin()))
        .with_state(app)
}

/// Divar's routes. The journal stands outermost and sees everything; the script stands inside the
/// cross-origin layer, so that a page can read a scripted answer.
fn divar() -> Router<Arc<App>> {
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
        .fallback(nowhere)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(watch::script))
        .layer(cross_origin())
        .layer(from_fn(watch::observe))
}

/// A message's route with nothing between the slashes, which its pattern does not match.
fn without_id(route: &str) -> String {
    let id = route.find('{').unwrap_or_default();
    format!("{}{MESSAGES}", &route[..id])
}

async fn nowhere() -> Status {
    Status::not_found("no such route; /__emulator/ says what this server is")
}

async fn wrong_method() -> Status {
    Status::wrong_method("the route does not take this method")
}

/// Any page may call, with any header, and read a `Retry-After`: whether Divar allows as much is
/// unknown, and a developer's page on another port must be able to try.
fn cross_origin() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .allow_private_network(true)
        .expose_headers([header::RETRY_AFTER])
}

//! Pictures, videos, voice notes and documents into a Divar chat, from a page or an edge function: get
//! an upload token, upload the file, put the media token into a message.
//!
//! This file is the JavaScript surface and nothing else. The types and the documentation for callers are
//! in `pkg/src`. Arguments are taken as they are and checked in `options`, since JavaScript can pass
//! anything: a mistake is an error, never a trap.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable
)]
#![cfg_attr(
    test,
    allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "exported functions own their arguments: an async one cannot borrow them"
)]

mod callback;
mod decimal;
mod divar;
#[cfg(feature = "server")]
mod edge;
mod error;
mod header;
mod http;
mod options;
mod plain_data;
mod platform;
mod shape;
mod steps;

#[cfg(feature = "server")]
use std::rc::Rc;

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use error::Failure;
use steps::validation::Validator;

/// Less code than the standard allocator, and every freed byte is used again.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A file that Divar took.
#[derive(Serialize)]
struct UploadedMedia {
    id: String,
}

/// `getUploadToken(options)`.
///
/// # Errors
///
/// A `DivarMediaError`, or the reason of the caller's signal.
#[wasm_bindgen(js_name = getUploadToken, skip_typescript)]
pub async fn get_upload_token(options: JsValue) -> Result<JsValue, JsValue> {
    let token = async { options::token::read(&options)?.run().await };
    Ok(outcome(token.await)?.into())
}

/// `uploadMedia(file, type, options)`. `validate` is what `steps::validation` calls, or undefined.
///
/// # Errors
///
/// A `DivarMediaError`, the reason of the caller's signal, or what the caller's `token` threw.
#[wasm_bindgen(js_name = uploadMedia, skip_typescript)]
pub async fn upload_media(
    file: JsValue,
    media_type: JsValue,
    options: JsValue,
    validate: Option<Function>,
) -> Result<JsValue, JsValue> {
    let upload = async {
        options::upload::read(&file, &media_type, &options, validate.map(Validator))?
            .run()
            .await
    };
    let id = outcome(upload.await)?;
    Ok(plain_data::to_js(&UploadedMedia { id }))
}

/// `sendMedia(file, options)`. `validate` is as for [`upload_media`].
///
/// # Errors
///
/// As [`upload_media`].
#[wasm_bindgen(js_name = sendMedia, skip_typescript)]
pub async fn send_media(
    file: JsValue,
    options: JsValue,
    validate: Option<Function>,
) -> Result<JsValue, JsValue> {
    let sending = async {
        options::send::read(&file, &options, validate.map(Validator))?
            .run()
            .await
    };
    Ok(plain_data::to_js(&outcome(sending.await)?))
}

/// `buildMediaMessage(mediaToken, options)`.
///
/// # Errors
///
/// A `DivarMediaError`.
#[wasm_bindgen(js_name = buildMediaMessage, skip_typescript)]
pub fn build_media_message(media_token: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let message = options::message::build(&media_token, &options)?;
    Ok(plain_data::to_js(&message))
}

/// `sendMediaMessage(mediaToken, options)`, for servers.
///
/// # Errors
///
/// A `DivarMediaError`, or the reason of the caller's signal.
#[cfg(feature = "server")]
#[wasm_bindgen(js_name = sendMediaMessage, skip_typescript)]
pub async fn send_media_message(
    media_token: JsValue,
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let sending = async {
        let (media_token, message) = options::message::read(&media_token, &options)?;
        message.run(media_token).await
    };
    Ok(plain_data::to_js(&outcome(sending.await)?))
}

/// What `createMediaHandler(options)` keeps, for servers.
#[cfg(feature = "server")]
#[wasm_bindgen(skip_typescript)]
pub struct MediaHandler {
    handler: Rc<edge::Handler>,
}

#[cfg(feature = "server")]
#[wasm_bindgen]
impl MediaHandler {
    /// Reads the options.
    ///
    /// # Errors
    ///
    /// A `DivarMediaError`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<Self, JsValue> {
        let config = options::handler::read(&options)?;
        Ok(Self {
            handler: Rc::new(edge::Handler { config }),
        })
    }

    /// Answers a request. The promise is rejected for what is no request, and otherwise never.
    pub fn handle(&self, request: JsValue) -> js_sys::Promise {
        let handler = Rc::clone(&self.handler);
        wasm_bindgen_futures::future_to_promise(async move { handler.respond(&request).await })
    }
}

fn outcome<T>(result: Result<T, Failure>) -> Result<T, JsValue> {
    result.map_err(JsValue::from)
}

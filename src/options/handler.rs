//! `MediaHandlerOptions`, which `createMediaHandler` takes.

use std::time::Duration;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Url;

use super::address;
use super::check::{Check, Least};
use super::key::{self, KeyOptions};
use super::wait;
use crate::divar::routes::CHAT_HOST;
use crate::edge::{Callbacks, HandlerConfig, OriginPolicy, Routes};
use crate::error::{Error, Stage};
use crate::http::duration_from_ms;

#[wasm_bindgen]
extern "C" {
    /// `MediaHandlerOptions`.
    #[wasm_bindgen(extends = KeyOptions, extends = wait::WaitOptions)]
    type HandlerOptions;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn authorize(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = authorizeTimeout)]
    fn authorize_timeout(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = accessToken)]
    fn access_token(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = onError)]
    fn on_error(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = allowedOrigins)]
    fn allowed_origins(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = allowOpaqueOrigin)]
    fn allow_opaque_origin(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn token(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn messages(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn relay(this: &HandlerOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = chatUrl)]
    fn chat_url(this: &HandlerOptions) -> Result<JsValue, JsValue>;
}

const CHECK: Check = Check::at(Stage::Token);

/// The default of `authorizeTimeout`.
const AUTHORIZE_TIMEOUT: Duration = Duration::from_secs(10);

/// The most entries of `allowedOrigins`. One that claims to have billions must cost nothing.
const MAX_ORIGINS: u32 = 1000;

/// Reads the options.
///
/// # Errors
///
/// `invalid_argument`; `key_in_page` in a browser.
pub fn read(given: &JsValue) -> Result<HandlerConfig, Error> {
    let options: HandlerOptions = CHECK.options(given)?;
    let key = key::read(CHECK, &options)?;
    let authorize = CHECK.function("authorize", options.authorize())?;
    let authorize_timeout =
        CHECK.number("authorizeTimeout", options.authorize_timeout(), Least::One)?;
    Ok(HandlerConfig {
        key,
        callbacks: Callbacks {
            authorize: authorize.ok_or_else(|| CHECK.refuse("authorize", " is required"))?,
            access_token: CHECK.function("accessToken", options.access_token())?,
            on_error: CHECK.function("onError", options.on_error())?,
        },
        chat_host: chat_host(&options)?,
        routes: routes(&options)?,
        origins: OriginPolicy {
            allowed: allowed_origins(&options)?,
            allow_opaque: CHECK.flag("allowOpaqueOrigin", options.allow_opaque_origin())?,
        },
        call: wait::call(CHECK, &options, wait::ANSWER_TIMEOUT)?,
        authorize_timeout: authorize_timeout.map_or(AUTHORIZE_TIMEOUT, duration_from_ms),
    })
}

fn chat_host(options: &HandlerOptions) -> Result<String, Error> {
    let Some(given) = CHECK.present("chatUrl", options.chat_url())? else {
        return Ok(CHAT_HOST.to_owned());
    };
    let host = address::host(&given, wait::insecure_hosts(CHECK, options)?);
    host.map_err(|problem| CHECK.refuse("chatUrl", problem))
}

fn routes(options: &HandlerOptions) -> Result<Routes, Error> {
    let token = CHECK.optional_flag("token", options.token())?;
    let messages = CHECK.optional_flag("messages", options.messages())?;
    Ok(Routes {
        token: token.unwrap_or(true),
        messages: messages.unwrap_or(true),
        relay: CHECK.flag("relay", options.relay())?,
    })
}

/// Origins as browsers send them. One that is written otherwise would never match, in silence.
fn allowed_origins(options: &HandlerOptions) -> Result<Vec<String>, Error> {
    let name = "allowedOrigins";
    let Some(given) = CHECK.present(name, options.allowed_origins())? else {
        return Ok(Vec::new());
    };
    let refuse = || {
        CHECK.refuse(
            name,
            " must be an array of origins such as \"https://app.example\"",
        )
    };
    // Of a revoked proxy `isArray` throws, and its length does first.
    let length = Reflect::get(&given, &"length".into()).ok();
    let length = length
        .and_then(|length| length.as_f64())
        .ok_or_else(refuse)?;
    if !Array::is_array(&given) || length > f64::from(MAX_ORIGINS) {
        return Err(refuse());
    }
    let origin = |index: u32| {
        let origin = Reflect::get(&given, &JsValue::from(index))
            .ok()?
            .as_string()?;
        let url = Url::new(&origin).ok()?;
        (url.origin() == origin).then_some(origin)
    };
    let indices = (0..MAX_ORIGINS).take_while(|index| f64::from(*index) < length);
    let origins: Option<Vec<String>> = indices.map(origin).collect();
    origins.ok_or_else(refuse)
}

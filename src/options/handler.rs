//! `MediaHandlerOptions`, which `createMediaHandler` takes.

use std::time::Duration;

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::Url;

use super::reader::{Least, Options};
use super::{address, key, wait};
use crate::divar::routes::CHAT_HOST;
use crate::edge::{Callbacks, HandlerConfig, OriginPolicy, Routes};
use crate::error::{Error, Stage};
use crate::http::duration_from_ms;

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
    let options = Options::new(Stage::Token, given)?;
    let key = key::read(&options)?;
    let authorize = options.function("authorize")?;
    let authorize_timeout = options.number("authorizeTimeout", Least::One)?;
    Ok(HandlerConfig {
        key,
        callbacks: Callbacks {
            authorize: authorize.ok_or_else(|| options.refuse("authorize", " is required"))?,
            access_token: options.function("accessToken")?,
            on_error: options.function("onError")?,
        },
        chat_host: address::host_option(&options, "chatUrl", CHAT_HOST)?,
        routes: Routes {
            token: options.flag("token", true)?,
            messages: options.flag("messages", true)?,
            relay: options.flag("relay", false)?,
        },
        origins: OriginPolicy {
            allowed: allowed_origins(&options)?,
            allow_opaque: options.flag("allowOpaqueOrigin", false)?,
        },
        call: wait::call(&options, wait::ANSWER_TIMEOUT)?,
        authorize_timeout: authorize_timeout.map_or(AUTHORIZE_TIMEOUT, duration_from_ms),
    })
}

/// Origins as browsers send them. One that is written otherwise would never match, in silence.
fn allowed_origins(options: &Options) -> Result<Vec<String>, Error> {
    let name = "allowedOrigins";
    let Some(given) = options.get(name)? else {
        return Ok(Vec::new());
    };
    let problem = " must be an array of origins such as \"https://app.example\"";
    let refuse = || options.refuse(name, problem);
    // Of a revoked proxy `isArray` would throw; its length does first.
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
        // A host with an asterisk is one to the URL parser, and no browser sends it.
        let is_origin = url.origin() == origin && !origin.contains('*');
        is_origin.then_some(origin)
    };
    let indices = (0..MAX_ORIGINS).take_while(|index| f64::from(*index) < length);
    let origins: Option<Vec<String>> = indices.map(origin).collect();
    origins.ok_or_else(refuse)
}

//! `KeyOptions`: the app's key, and where it may be sent from.

use wasm_bindgen::prelude::*;

#[cfg(feature = "server")]
use super::address;
use super::check::Check;
use super::wait::WaitOptions;
#[cfg(feature = "server")]
use super::wait::insecure_hosts;
use crate::error::{Code, Error};
#[cfg(feature = "server")]
use crate::{divar::routes::OPEN_API, platform, steps::api_key::ApiKey};

#[wasm_bindgen]
extern "C" {
    /// `KeyOptions`.
    #[wasm_bindgen(extends = WaitOptions)]
    pub type KeyOptions;
    #[wasm_bindgen(method, getter, structural, catch, js_name = apiKey)]
    pub fn api_key(this: &KeyOptions) -> Result<JsValue, JsValue>;
}

#[cfg(feature = "server")]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, getter, structural, catch, js_name = openApiUrl)]
    fn open_api_url(this: &KeyOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = dangerouslyAllowBrowser)]
    fn dangerously_allow_browser(this: &KeyOptions) -> Result<JsValue, JsValue>;
}

/// The error of a page that gives the key: what a page holds, anyone can read.
pub fn in_page(check: Check) -> Error {
    let message = "an API key in a page is readable by everyone: keep it on your server, and give the \
                   server's routes as endpoint";
    Error::new(check.stage(), Code::KeyInPage, message)
}

/// Reads the app's key, unless this is a browser.
///
/// # Errors
///
/// `invalid_argument`, `key_in_page`.
#[cfg(feature = "server")]
pub fn read(check: Check, options: &KeyOptions) -> Result<ApiKey, Error> {
    let key = check.secret("apiKey", options.api_key())?;
    let is_allowed = check.flag(
        "dangerouslyAllowBrowser",
        options.dangerously_allow_browser(),
    )?;
    let open_api = match check.present("openApiUrl", options.open_api_url())? {
        Some(given) => address::host(&given, insecure_hosts(check, options)?)
            .map_err(|problem| check.refuse("openApiUrl", problem))?,
        None => OPEN_API.to_owned(),
    };
    if platform::is_browser() && !is_allowed {
        return Err(in_page(check));
    }
    Ok(ApiKey { key, open_api })
}

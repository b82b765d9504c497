//! The options of `getUploadToken`.

use wasm_bindgen::prelude::*;

use super::{Options, wait};
#[cfg(feature = "secret")]
use crate::contract::route;
use crate::error::{Code, Error, Failure, Stage};
use crate::steps::token::{Mint, Way};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** Where an upload token comes from: the app's own route, or Divar itself. */
export type UploadTokenOptions = EndpointTokenOptions | ApiKeyTokenOptions;

/** In a page: the app's own server holds the key and mints the token. */
export interface EndpointTokenOptions extends WaitOptions, RetryOptions {
  /**
   * Where the app serves its media routes, such as `"/divar"`; the token is
   * asked for with `POST /divar/token`, body `{}`, answer `{"token": "…"}`.
   * Relative to the page; elsewhere an absolute address, https or loopback.
   */
  endpoint: string | URL;
}

/** On the secret side: Divar mints the token for the app's key. */
export interface ApiKeyTokenOptions extends WaitOptions, RetryOptions {
  /** The app's key, with the permission `CHAT_UPLOAD_MEDIA`. Never put it in a page. */
  apiKey: string;
  /**
   * Divar's open API or what stands for it, https or loopback.
   * @defaultValue `"https://open-api.divar.ir"`
   */
  openApiUrl?: string | URL;
  /**
   * Lets a page send the key all the same, for a tool that only its owner opens.
   * @defaultValue `false`: in a page the call rejects with `key_in_page`
   */
  dangerouslyAllowBrowser?: boolean;
}
"#;

/// Reads the options of `getUploadToken`.
///
/// # Errors
///
/// `invalid_argument`, or `key_in_page` for a key that a page must not send.
pub fn read(object: &JsValue) -> Result<Mint, Failure> {
    let options = Options::new(Stage::Token, object)?;
    let endpoint = options.get("endpoint")?;
    let key = options.get("apiKey")?;
    let way = match (endpoint.is_undefined(), key.is_undefined()) {
        (false, true) => Way::Endpoint(options.endpoint()?),
        (true, false) => with_key(&options)?,
        _ => return Err(options.refuse(&["give either endpoint or apiKey"]).into()),
    };
    Ok(minting(&options, way)?)
}

/// Reads how long and how often to ask for a token.
///
/// # Errors
///
/// `invalid_argument`.
pub fn minting(options: &Options, way: Way) -> Result<Mint, Error> {
    Ok(Mint {
        way,
        call: wait::call(options, wait::ANSWER)?,
        retries: wait::retries(options)?,
    })
}

/// With the key, unless this is a page: what a page holds, anyone can read.
#[cfg(feature = "secret")]
fn with_key(options: &Options) -> Result<Way, Error> {
    let key = options.secret("apiKey")?;
    let allowed = options.get("dangerouslyAllowBrowser")? == true;
    if is_page() && !allowed {
        return Err(key_in_page());
    }
    Ok(Way::Key {
        key,
        base: options.base("openApiUrl", route::OPEN_API)?,
    })
}

/// The module that pages get knows no way to send a key.
#[cfg(not(feature = "secret"))]
fn with_key(_: &Options) -> Result<Way, Error> {
    Err(key_in_page())
}

fn key_in_page() -> Error {
    let advice = "an API key in a page is readable by everyone: mint the token on your server \
                  and give its route as endpoint";
    Error::new(Stage::Token, Code::KeyInPage, &[advice])
}

/// A document means a page; edge runtimes, servers and workers have none.
#[cfg(feature = "secret")]
fn is_page() -> bool {
    crate::js::get(&js_sys::global(), "document").is_ok_and(|document| document.is_object())
}

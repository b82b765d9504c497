//! The options of `getUploadToken`.

use wasm_bindgen::prelude::*;

use super::{Options, key, wait};
#[cfg(feature = "secret")]
use crate::contract::route;
use crate::error::{Error, Failure, Stage};
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
export interface ApiKeyTokenOptions extends KeyOptions, WaitOptions, RetryOptions {}
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

#[cfg(feature = "secret")]
fn with_key(options: &Options) -> Result<Way, Error> {
    Ok(Way::Key {
        key: key::read(options)?,
        base: options.base("openApiUrl", route::OPEN_API)?,
    })
}

/// The module that pages get knows no way to send a key.
#[cfg(not(feature = "secret"))]
fn with_key(options: &Options) -> Result<Way, Error> {
    Err(key::in_page(options))
}

//! `UploadTokenOptions`, which `getUploadToken` takes.

use wasm_bindgen::prelude::*;

use super::check::Check;
use super::endpoint::{self, EndpointOptions};
use super::key::{self, KeyOptions};
use super::wait;
use crate::error::{Error, Stage};
use crate::steps::token::{MintToken, Minter};

/// Reads the options of `getUploadToken`.
///
/// # Errors
///
/// `invalid_argument`; `key_in_page` where a page gives the key.
pub fn read(given: &JsValue) -> Result<MintToken, Error> {
    let check = Check::at(Stage::Token);
    let options: EndpointOptions = check.options(given)?;
    let has_endpoint = check.present("endpoint", options.endpoint())?.is_some();
    let key_options: &KeyOptions = options.unchecked_ref();
    let has_key = check.present("apiKey", key_options.api_key())?.is_some();
    let by = match (has_endpoint, has_key) {
        (true, false) => Minter::Endpoint(endpoint::read(check, &options)?),
        (false, true) => divar(check, key_options)?,
        _ => return Err(check.refuse("", "give either endpoint or apiKey")),
    };
    minting(check, &options, by)
}

/// Reads how long and how often a token is asked for.
///
/// # Errors
///
/// `invalid_argument`.
pub fn minting(check: Check, options: &wait::WaitOptions, by: Minter) -> Result<MintToken, Error> {
    Ok(MintToken {
        by,
        call: wait::call(check, options, wait::ANSWER_TIMEOUT)?,
        retry: wait::retry(check, options)?,
    })
}

#[cfg(feature = "server")]
fn divar(check: Check, options: &KeyOptions) -> Result<Minter, Error> {
    key::read(check, options).map(Minter::Divar)
}

/// The module for pages has no code that sends the key.
#[cfg(not(feature = "server"))]
fn divar(check: Check, _: &KeyOptions) -> Result<Minter, Error> {
    Err(key::in_page(check))
}

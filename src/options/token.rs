//! `UploadTokenOptions`, which `getUploadToken` takes.

use wasm_bindgen::JsValue;

use super::reader::Options;
use super::{endpoint, key, wait};
use crate::error::{Error, Stage};
use crate::steps::token::{MintToken, Minter};

/// Reads the options of `getUploadToken`.
///
/// # Errors
///
/// `invalid_argument`; `key_in_page` where a page gives the key.
pub fn read(given: &JsValue) -> Result<MintToken, Error> {
    let options = Options::new(Stage::Token, given)?;
    let by = match (options.has("endpoint")?, options.has("apiKey")?) {
        (true, false) => Minter::Endpoint(endpoint::read(&options)?),
        (false, true) => divar(&options)?,
        _ => return Err(options.refuse("", "give either endpoint or apiKey")),
    };
    minting(&options, by)
}

/// Reads how long and how often a token is asked for.
///
/// # Errors
///
/// `invalid_argument`.
pub fn minting(options: &Options, by: Minter) -> Result<MintToken, Error> {
    Ok(MintToken {
        by,
        call: wait::call(options, wait::ANSWER_TIMEOUT)?,
        retry: wait::retry(options)?,
    })
}

#[cfg(feature = "server")]
fn divar(options: &Options) -> Result<Minter, Error> {
    key::read(options).map(Minter::Divar)
}

/// The module for pages has no code that sends the key.
#[cfg(not(feature = "server"))]
fn divar(options: &Options) -> Result<Minter, Error> {
    Err(key::in_page(options))
}

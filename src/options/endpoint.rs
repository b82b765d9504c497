//! `EndpointOptions`: the app's own server.

use wasm_bindgen::prelude::*;

use super::address;
use super::check::Check;
use super::wait::{self, WaitOptions};
use crate::error::Error;
use crate::steps::endpoint::{Endpoint, EndpointHeaders, read_headers};

#[wasm_bindgen]
extern "C" {
    /// `EndpointOptions`.
    #[wasm_bindgen(extends = WaitOptions)]
    pub type EndpointOptions;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub fn endpoint(this: &EndpointOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn headers(this: &EndpointOptions) -> Result<JsValue, JsValue>;
}

/// Reads where the app serves its routes, and what its requests carry.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(check: Check, options: &EndpointOptions) -> Result<Endpoint, Error> {
    let given = check.present("endpoint", options.endpoint())?;
    let given = given.ok_or_else(|| check.refuse("endpoint", " is required"))?;
    let insecure = wait::insecure_hosts(check, options)?;
    let address = address::endpoint(&given, insecure);
    let address = address.map_err(|problem| check.refuse("endpoint", problem))?;
    Ok(Endpoint {
        base: address.base,
        is_same_origin: address.is_same_origin,
        headers: headers(check, options)?,
    })
}

fn headers(check: Check, options: &EndpointOptions) -> Result<EndpointHeaders, Error> {
    let Some(given) = check.present("headers", options.headers())? else {
        return Ok(EndpointHeaders::Fixed(Vec::new()));
    };
    match given.dyn_into() {
        Ok(function) => Ok(EndpointHeaders::Function(function)),
        Err(given) => read_headers(check.stage(), &given).map(EndpointHeaders::Fixed),
    }
}

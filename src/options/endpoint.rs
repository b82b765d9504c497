//! `EndpointOptions`: the app's own server.

use wasm_bindgen::prelude::*;

use super::address;
use super::reader::Options;
use crate::error::Error;
use crate::steps::endpoint::{Endpoint, EndpointHeaders, read_headers};

/// Reads where the app serves its routes, and what its requests carry.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(options: &Options) -> Result<Endpoint, Error> {
    let given = options.get("endpoint")?;
    let given = given.ok_or_else(|| options.refuse("endpoint", " is required"))?;
    let address = address::endpoint(&given, address::insecure_hosts(options)?);
    let address = address.map_err(|problem| options.refuse("endpoint", problem))?;
    Ok(Endpoint {
        base: address.base,
        is_same_origin: address.is_same_origin,
        headers: headers(options)?,
    })
}

fn headers(options: &Options) -> Result<EndpointHeaders, Error> {
    let Some(given) = options.get("headers")? else {
        return Ok(EndpointHeaders::Fixed(Vec::new()));
    };
    match given.dyn_into() {
        Ok(function) => Ok(EndpointHeaders::Function(function)),
        Err(given) => read_headers(options.stage(), &given).map(EndpointHeaders::Fixed),
    }
}

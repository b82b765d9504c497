//! Addresses that requests may go to.

use wasm_bindgen::prelude::*;

use crate::contract::route;

#[wasm_bindgen(module = "/pkg/platform/values.js")]
extern "C" {
    fn href(given: &JsValue, base: Option<&str>) -> Option<String>;
    fn page(name: &str) -> Option<String>;
}

/// Reads a base address: a string or a `URL`, absolute, https or loopback,
/// with nothing behind the path.
///
/// # Errors
///
/// Why it is refused, to be put behind the option's name.
pub fn base(given: &JsValue) -> Result<String, &'static str> {
    read(given, None)
}

/// Reads the address of an app's own routes: as [`base`], or relative to the
/// page and then wherever the page came from.
///
/// # Errors
///
/// Why it is refused, to be put behind the option's name.
pub fn endpoint(given: &JsValue) -> Result<String, &'static str> {
    // The page's own address and origin; worker scripts have one too.
    read(given, page("href").zip(page("origin")))
}

#[inline(never)]
fn read(given: &JsValue, page: Option<(String, String)>) -> Result<String, &'static str> {
    let here = page.as_ref().map(|(here, _)| here.as_str());
    let mut address = href(given, here).ok_or(" must be a string or a URL")?;
    let parts = route::Address::of(&address).ok_or(match here {
        Some(_) => " must be an address",
        None => " must be an absolute address",
    })?;
    let is_own = page.is_some_and(|(_, origin)| parts.origin() == origin);
    if !is_own && !parts.is_allowed() {
        return Err(" must be https, or http on this machine");
    }
    // A name and password would be sent along, and a query or fragment would end
    // up in the middle of the address.
    if !parts.is_bare() {
        return Err(" must have no user, query or fragment");
    }
    while address.ends_with('/') {
        address.pop();
    }
    Ok(address)
}

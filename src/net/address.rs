//! Addresses that requests may go to.

use wasm_bindgen::prelude::*;
use web_sys::Url;

use crate::contract::route;
use crate::js;

/// Reads a base address: a string or a `URL`, absolute, https or loopback,
/// with nothing behind the path.
///
/// # Errors
///
/// Why it is refused, to be put behind the option's name.
pub fn base(given: &JsValue) -> Result<Url, &'static str> {
    let url = Url::new(&written(given)?).map_err(|_| " must be an absolute address")?;
    if route::is_allowed_base(&url.protocol(), &url.hostname()) {
        bare(url)
    } else {
        Err(" must be https, or http on this machine")
    }
}

/// Reads the address of an app's own routes: as [`base`], or relative to the
/// page and then wherever the page came from.
///
/// # Errors
///
/// Why it is refused, to be put behind the option's name.
pub fn endpoint(given: &JsValue) -> Result<Url, &'static str> {
    let Some((here, origin)) = page() else {
        return base(given);
    };
    let url = Url::new_with_base(&written(given)?, &here).map_err(|_| " must be an address")?;
    if url.origin() == origin {
        bare(url)
    } else {
        base(given)
    }
}

/// `path` below `base`, whether or not that ends in a slash.
#[must_use]
pub fn below(base: &Url, path: &str) -> String {
    let href = base.href();
    [href.trim_end_matches('/'), path].concat()
}

/// The page's own address and origin; worker scripts have one too.
fn page() -> Option<(String, String)> {
    let location = js::get(&js_sys::global(), "location").ok()?;
    let here = js::get(&location, "href").ok()?.as_string()?;
    let origin = js::get(&location, "origin").ok()?.as_string()?;
    Some((here, origin))
}

fn written(given: &JsValue) -> Result<String, &'static str> {
    if let Some(url) = given.dyn_ref::<Url>() {
        return Ok(js::text(url, "href"));
    }
    match given.as_string() {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(" must be a string or a URL"),
    }
}

/// A name and password would be sent along, and a query or fragment would end
/// up in the middle of the address.
fn bare(url: Url) -> Result<Url, &'static str> {
    let rest = [url.username(), url.password(), url.search(), url.hash()];
    if rest.iter().all(String::is_empty) {
        Ok(url)
    } else {
        Err(" must have no user, query or fragment")
    }
}

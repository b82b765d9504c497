//! Addresses of hosts and of an app's own routes.

use wasm_bindgen::prelude::*;
use web_sys::Url;

use super::reader::Options;
use crate::error::Error;
use crate::platform;

#[wasm_bindgen]
extern "C" {
    /// A `URL`, of whatever realm.
    type UrlLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn href(this: &UrlLike) -> Result<JsValue, JsValue>;
}

/// Which hosts may be addressed over http. Everything else must be https.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum InsecureHosts {
    /// This machine.
    Loopback,
    /// Any, for development against a host in the local network or a container.
    All,
}

/// An address of the app's own.
pub struct OwnAddress {
    /// Without a slash at its end.
    pub base: String,
    /// Whether it is of the page's own origin.
    pub is_same_origin: bool,
}

/// The base address of a host, without a slash at its end.
///
/// # Errors
///
/// What is wrong with it.
fn host(given: &JsValue, insecure: InsecureHosts) -> Result<String, &'static str> {
    let url = Url::new(&text_of(given)?).map_err(|_| " must be an absolute address")?;
    checked(&url, is_allowed(&url, insecure))
}

/// The address that the app's own routes are below, which may be relative to the page.
///
/// # Errors
///
/// What is wrong with it.
pub fn endpoint(given: &JsValue, insecure: InsecureHosts) -> Result<OwnAddress, &'static str> {
    let text = text_of(given)?;
    let page = platform::location();
    let url = match &page {
        Some(page) => Url::new_with_base(&text, &page.href()),
        None => Url::new(&text),
    };
    let url = url.map_err(|_| " must be an absolute address")?;
    // A `blob:` address has the origin of the page that made it.
    let is_http = matches!(url.protocol().as_str(), "http:" | "https:");
    let is_same_origin = is_http && page.is_some_and(|page| page.origin() == url.origin());
    Ok(OwnAddress {
        base: checked(&url, is_same_origin || is_allowed(&url, insecure))?,
        is_same_origin,
    })
}

/// The host that an option names, or `default`.
///
/// # Errors
///
/// `invalid_argument`.
pub fn host_option(options: &Options, name: &str, default: &str) -> Result<String, Error> {
    let Some(given) = options.get(name)? else {
        return Ok(default.to_owned());
    };
    let host = host(&given, insecure_hosts(options)?);
    host.map_err(|problem| options.refuse(name, problem))
}

/// Which hosts may be addressed over http.
///
/// # Errors
///
/// `invalid_argument`.
pub fn insecure_hosts(options: &Options) -> Result<InsecureHosts, Error> {
    Ok(if options.flag("allowInsecureHttp", false)? {
        InsecureHosts::All
    } else {
        InsecureHosts::Loopback
    })
}

/// Whether a text is an absolute address.
#[must_use]
pub fn is_url(text: &str) -> bool {
    Url::new(text).is_ok()
}

fn text_of(given: &JsValue) -> Result<String, &'static str> {
    let text = if given.is_object() {
        given
            .unchecked_ref::<UrlLike>()
            .href()
            .ok()
            .and_then(|href| href.as_string())
    } else {
        given.as_string()
    };
    text.filter(|text| !text.is_empty())
        .ok_or(" must be a string or a URL")
}

fn checked(url: &Url, is_allowed: bool) -> Result<String, &'static str> {
    if !is_allowed {
        return Err(" must be https, or http on this machine");
    }
    let href = url.href();
    // A name and password would be sent along; a query or fragment would end up in the middle of a
    // route.
    let has_extras = !url.username().is_empty() || !url.password().is_empty();
    if has_extras || href.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
        return Err(" must have no user, query or fragment");
    }
    let mut base = href.as_str();
    while let Some(shorter) = base.strip_suffix("/") {
        base = shorter;
    }
    Ok(base.to_owned())
}

fn is_allowed(url: &Url, insecure: InsecureHosts) -> bool {
    match url.protocol().as_str() {
        "https:" => true,
        "http:" => insecure == InsecureHosts::All || is_loopback(&url.hostname()),
        _ => false,
    }
}

/// The URL standard writes every IPv4 address with four numbers.
fn is_loopback(host: &str) -> bool {
    let is_ipv4 = host.strip_prefix("127.").is_some_and(|rest| {
        rest.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    is_ipv4 || host == "[::1]" || host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_is_loopback() {
        for host in [
            "localhost",
            "app.localhost",
            "127.0.0.1",
            "127.1.2.3",
            "[::1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "127.0.0.1.example",
            "mylocalhost",
            "10.0.2.2",
            "128.0.0.1",
            "[::2]",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}

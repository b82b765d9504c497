//! `KeyOptions`: the app's key, and where it may be sent from.

use super::reader::Options;
use crate::error::{Code, Error};
#[cfg(feature = "server")]
use crate::{divar::routes::OPEN_API, platform, steps::api_key::ApiKey};

/// The error of a page that gives the key: what a page holds, anyone can read.
pub fn in_page(options: &Options) -> Error {
    let message = "an API key in a page is readable by everyone: keep it on your server, and give the \
                   server's routes as endpoint";
    Error::new(options.stage(), Code::KeyInPage, message)
}

/// Reads the app's key, unless this is a browser.
///
/// # Errors
///
/// `invalid_argument`, `key_in_page`.
#[cfg(feature = "server")]
pub fn read(options: &Options) -> Result<ApiKey, Error> {
    let key = options.secret("apiKey")?;
    let is_allowed = options.flag("dangerouslyAllowBrowser", false)?;
    let open_api = super::address::host_option(options, "openApiUrl", OPEN_API)?;
    if platform::is_browser() && !is_allowed {
        return Err(in_page(options));
    }
    Ok(ApiKey { key, open_api })
}

//! The app's key, and where it may be sent from.

use wasm_bindgen::prelude::*;

use super::Options;
use crate::error::{Code, Error};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** The app's key, and where it goes. */
export interface KeyOptions {
  /**
   * The app's key. Never put it in a page. It has the permission `CHAT_UPLOAD_MEDIA` for upload tokens,
   * `CHAT_BOT_SEND_MESSAGE` for messages from the chatbot, and `CHAT_SEND_MESSAGE_OAUTH` for messages
   * between users.
   */
  apiKey: string;
  /**
   * Divar's open API or what stands for it, https or loopback.
   * @defaultValue `"https://open-api.divar.ir"`
   */
  openApiUrl?: string | URL;
  /**
   * Lets a page send the key all the same, for a tool that only its owner opens. Such a tool imports
   * from `divar-chat-media/edge`: what pages get by `divar-chat-media` knows no way to send a key.
   * @defaultValue `false`: in a page the call rejects with `key_in_page`
   */
  dangerouslyAllowBrowser?: boolean;
}
"#;

/// The option `apiKey`, unless this is a page: what a page holds, anyone can read.
///
/// # Errors
///
/// `invalid_argument`; `key_in_page`.
#[cfg(feature = "secret")]
pub fn read(options: &Options) -> Result<String, Error> {
    let key = options.secret("apiKey")?;
    let allowed = options.is_set("dangerouslyAllowBrowser")?;
    if is_page() && !allowed {
        return Err(in_page(options));
    }
    Ok(key)
}

/// The failure of a call with a key in a page.
pub fn in_page(options: &Options) -> Error {
    let advice = "an API key in a page is readable by everyone: keep it on your server, and give \
                  the server's routes as endpoint";
    Error::new(options.stage(), Code::KeyInPage, &[advice])
}

/// A document means a page; edge runtimes, servers and workers have none.
#[cfg(feature = "secret")]
fn is_page() -> bool {
    crate::js::get(&js_sys::global(), "document").is_ok_and(|document| document.is_object())
}

//! The app's key, and where it may be sent from.

use wasm_bindgen::prelude::*;

use crate::error::Code;
use crate::work::Work;

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

/// Reads the app's key, unless this is a page: what a page holds, anyone can read. The module that
/// pages get knows no way to send a key.
pub fn read(work: &Work) {
    #[cfg(feature = "secret")]
    {
        use crate::js;

        work.read("apiKey* dangerouslyAllowBrowser? openApiUrl@=https://open-api.divar.ir");
        // A document means a page; edge runtimes, servers and workers have none.
        let is_page = js::get(&js_sys::global(), "document").is_object();
        if work.is_over() || !is_page || js::number(work, "dangerouslyAllowBrowser") > 0.0 {
            return;
        }
    }
    let advice = "an API key in a page is readable by everyone: keep it on your server, and give \
                  the server's routes as endpoint";
    work.fail_for_good(Code::KeyInPage, advice);
}

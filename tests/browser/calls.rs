//! The package's functions, each run to its end, as `pkg/functions.js` does it.

use js_sys::Promise;
use wasm_bindgen::JsValue;

use divar_chat_media::run;
pub use divar_chat_media::{check_media_handler, handle_media};

pub fn get_upload_token(options: JsValue) -> Promise {
    run(divar_chat_media::get_upload_token(options))
}

pub fn upload_media(file: JsValue, media_type: JsValue, options: JsValue) -> Promise {
    run(divar_chat_media::upload_media(file, media_type, options))
}

pub fn send_media(file: JsValue, options: JsValue) -> Promise {
    run(divar_chat_media::send_media(file, options))
}

pub fn send_media_message(media_token: JsValue, options: JsValue) -> Promise {
    run(divar_chat_media::send_media_message(media_token, options))
}

pub fn build_media_message(media_token: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    divar_chat_media::build_media_message(media_token, options).settled()
}

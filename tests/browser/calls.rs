//! The package's functions as JavaScript calls them: each gives a promise.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use divar_chat_media::MediaHandler;
pub use divar_chat_media::build_media_message;

pub fn get_upload_token(options: JsValue) -> Promise {
    future_to_promise(divar_chat_media::get_upload_token(options))
}

pub fn upload_media(file: JsValue, media_type: JsValue, options: JsValue) -> Promise {
    future_to_promise(divar_chat_media::upload_media(
        file, media_type, options, None,
    ))
}

pub fn send_media(file: JsValue, options: JsValue) -> Promise {
    future_to_promise(divar_chat_media::send_media(file, options, None))
}

pub fn send_media_message(media_token: JsValue, options: JsValue) -> Promise {
    future_to_promise(divar_chat_media::send_media_message(media_token, options))
}

pub fn check_media_handler(options: JsValue) -> Result<(), JsValue> {
    MediaHandler::new(options).map(drop)
}

pub fn handle_media(request: JsValue, options: JsValue) -> Promise {
    match MediaHandler::new(options) {
        Ok(handler) => handler.handle(request),
        Err(error) => Promise::reject(&error),
    }
}

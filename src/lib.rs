//! Pictures, videos, voice notes and documents into a Divar chat, from a page
//! or an edge function: mint an upload token, upload the file, put the media
//! token into a message.
//!
//! This file is the JavaScript surface and nothing else. Arguments come as
//! they are and are checked, since JavaScript can pass anything: a mistake is
//! answered with an error, never with a trap.
//!
//! What a function gives is the call with what it was given. `pkg/functions.js`
//! runs it by `next` (see `task.rs`), and so makes of it the promise that TypeScript is
//! told of here.

#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable
)]
#![cfg_attr(test, allow(clippy::expect_used))]
#![expect(
    clippy::doc_markdown,
    reason = "what is documented here is read in TypeScript"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "a borrowed argument needs a stack of its own in the glue"
)]

mod contract;
#[cfg(feature = "secret")]
mod edge;
mod error;
#[cfg(feature = "secret")]
mod future;
mod js;
mod net;
mod options;
mod steps;
mod task;
mod work;

#[cfg(feature = "secret")]
pub use task::run;

/// A third of the standard one's code; it gives every freed byte out again.
#[cfg(all(target_arch = "wasm32", feature = "secret"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

use wasm_bindgen::prelude::*;

use error::Stage;
#[cfg(feature = "secret")]
use task::Promise;
use task::{Goal, call};
use work::Work;

/// Gets an upload token.
///
/// In a page it comes from the app's own route (`endpoint`), on the secret
/// side from Divar (`apiKey`). It is opaque; how long it lives and whether it
/// serves twice is not promised, so take one for each upload.
///
/// @throws {DivarMediaError} at the stage `token`: `invalid_argument` and
/// `key_in_page` before anything is sent; `network`, `unauthorized`,
/// `forbidden`, `rate_limited`, … from the answer
#[wasm_bindgen(js_name = getUploadToken, unchecked_return_type = "Promise<string>")]
pub fn get_upload_token(
    #[wasm_bindgen(unchecked_param_type = "UploadTokenOptions")] options: JsValue,
) -> Work {
    call(Goal::Token, options)
}

/// Uploads a file, whose bytes stay where they are, and gives the media token
/// for a message to carry.
///
/// The file is checked before a byte is sent: by its size, by what its first
/// bytes say it is rather than by its name, and by whether it ends as such a
/// file does.
///
/// @throws {DivarMediaError} at the stage `upload`: `invalid_argument`,
/// `file_empty`, `file_too_large`, `unsupported_format`, `file_damaged` and
/// `file_unreadable` before anything is sent; `network`, `unauthorized`, `html_answer`, `not_ok`,
/// … from the answer
#[wasm_bindgen(js_name = uploadMedia, unchecked_return_type = "Promise<UploadedMedia>")]
pub fn upload_media(
    #[wasm_bindgen(unchecked_param_type = "Blob")] file: JsValue,
    #[wasm_bindgen(js_name = "type", unchecked_param_type = "MediaType")] media_type: JsValue,
    #[wasm_bindgen(unchecked_param_type = "UploadOptions")] options: JsValue,
) -> Work {
    let work = call(Goal::Upload, options);
    work.give("file", file);
    work.give("type", media_type);
    work
}

/// Sends a file into a conversation: all three steps, over the app's own routes.
///
/// The message is sent once. Where it fails, the error has the media token: give
/// it as `mediaToken` to go on from there, without uploading again.
///
/// @throws {DivarMediaError} at the stage `token`, `upload` or `message`, as the
/// functions of these do
#[wasm_bindgen(js_name = sendMedia, unchecked_return_type = "Promise<SentMessage>")]
pub fn send_media(
    #[wasm_bindgen(unchecked_param_type = "Blob")] file: JsValue,
    #[wasm_bindgen(unchecked_param_type = "SendMediaOptions")] options: JsValue,
) -> Work {
    let work = call(Goal::Delivery, options);
    work.give("file", file);
    work
}

/// Puts a media token into a message. Documented, with its overloads, beside
/// the options that it reads.
#[wasm_bindgen(js_name = buildMediaMessage, skip_typescript)]
pub fn build_media_message(media_token: JsValue, options: JsValue) -> Work {
    let work = Work::new(options, Stage::Message as u32, 0.0);
    work.give("mediaToken", media_token);
    options::message::build(&work);
    work
}

/// Sends a media token as a message, once. Secret side: it takes the key.
///
/// @throws {DivarMediaError} at the stage `message`, with the media token:
/// `invalid_argument` before anything is sent; `recipient_restricted`,
/// `rate_limited`, `not_found`, … from the answer. Where the answer was lost,
/// `deliveryUnknown` is true: send again only if twice is better than never
#[cfg(feature = "secret")]
#[wasm_bindgen(js_name = sendMediaMessage, unchecked_return_type = "Promise<SentMessage>")]
pub fn send_media_message(
    #[wasm_bindgen(js_name = mediaToken, unchecked_param_type = "string")] media_token: JsValue,
    #[wasm_bindgen(unchecked_param_type = "SendMessageOptions")] options: JsValue,
) -> Work {
    let work = call(Goal::Message, options);
    work.give("mediaToken", media_token);
    work
}

/// Checks the options of `createMediaHandler`, which is documented beside them.
///
/// # Errors
///
/// `invalid_argument`.
#[cfg(feature = "secret")]
#[wasm_bindgen(js_name = checkMediaHandler, skip_typescript)]
pub fn check_media_handler(options: JsValue) -> Result<(), JsValue> {
    options::handler::read(&options)?;
    Ok(())
}

/// Answers one request with the handler of these options.
///
/// # Errors
///
/// `invalid_argument` for what is no request, or other options than were checked.
#[cfg(feature = "secret")]
#[wasm_bindgen(js_name = handleMedia, skip_typescript)]
pub fn handle_media(request: JsValue, options: JsValue) -> Promise {
    future::run(async move { options::handler::read(&options)?.answer(&request).await })
}

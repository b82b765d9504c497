//! `SendMediaOptions`, which `sendMedia` takes.

use wasm_bindgen::prelude::*;

use super::buttons::JsonData;
use super::check::Check;
use super::endpoint;
use super::file;
use super::message::{self, Addressed, MessageOptions};
use super::token;
use super::upload::{self, UploadOptions};
use super::wait;
use crate::divar::message::Target;
use crate::error::{Error, Stage};
use crate::steps::endpoint::Endpoint;
use crate::steps::message::{SendMessage, Sender};
use crate::steps::send::SendMedia;
use crate::steps::token::Minter;
use crate::steps::upload::{Destination, TokenSource};

#[wasm_bindgen]
extern "C" {
    /// `SendMediaOptions`.
    #[wasm_bindgen(
        extends = UploadOptions,
        extends = endpoint::EndpointOptions,
        extends = wait::WaitOptions
    )]
    type SendMediaOptions;
    #[wasm_bindgen(method, getter, structural, catch, js_name = mediaToken)]
    fn media_token(this: &SendMediaOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn relay(this: &SendMediaOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = type)]
    fn media_type(this: &SendMediaOptions) -> Result<JsValue, JsValue>;
}

const AT_TOKEN: Check = Check::at(Stage::Token);
const AT_UPLOAD: Check = Check::at(Stage::Upload);
const AT_MESSAGE: Check = Check::at(Stage::Message);

/// Reads the arguments of `sendMedia`. A mistake is reported at the step that the option belongs to.
///
/// # Errors
///
/// `invalid_argument`, with the media token if one was given.
pub fn read(file: &JsValue, given: &JsValue) -> Result<SendMedia<JsonData>, Error> {
    let options: SendMediaOptions = AT_TOKEN.options(given)?;
    let media_token = AT_MESSAGE.text("mediaToken", options.media_token())?;
    let read = sending(file, &options, media_token.clone());
    read.map_err(|error| error.with_media_token(media_token))
}

fn sending(
    file: &JsValue,
    options: &SendMediaOptions,
    media_token: Option<String>,
) -> Result<SendMedia<JsonData>, Error> {
    let endpoint = endpoint::read(AT_TOKEN, options)?;
    let media_type = file::media_type(AT_UPLOAD, options.media_type())?;
    let file = file::read(AT_UPLOAD, file, upload::file_options(options), media_type)?;
    let destination = destination(options, &endpoint)?;
    let message: &MessageOptions = options.unchecked_ref();
    let target = message::target(message)?.unwrap_or(Target::Chatbot);
    let upload = upload::uploading(options, file, destination)?;
    let Addressed {
        target,
        id,
        buttons,
    } = message::addressed(target, message)?;
    Ok(SendMedia {
        media_token,
        upload,
        message: SendMessage {
            by: Sender::Endpoint(endpoint),
            target,
            id,
            buttons,
            call: wait::call(AT_MESSAGE, options, wait::ANSWER_TIMEOUT)?,
        },
    })
}

fn destination(options: &SendMediaOptions, endpoint: &Endpoint) -> Result<Destination, Error> {
    if AT_UPLOAD.flag("relay", options.relay())? {
        return Ok(Destination::Relay(endpoint.clone()));
    }
    let token = match AT_UPLOAD.present("token", options.token())? {
        Some(_) => upload::token(options)?,
        None => {
            let by = Minter::Endpoint(endpoint.clone());
            TokenSource::Minted(token::minting(AT_TOKEN, options, by)?)
        }
    };
    upload::divar(options, token)
}

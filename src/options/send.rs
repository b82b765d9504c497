//! `SendMediaOptions`, which `sendMedia` takes.

use wasm_bindgen::JsValue;

use super::message::Addressed;
use super::reader::Options;
use super::{endpoint, file, message, token, upload, wait};
use crate::divar::message::Target;
use crate::error::{Error, Stage};
use crate::plain_data::JsonData;
use crate::steps::endpoint::Endpoint;
use crate::steps::message::{SendMessage, Sender};
use crate::steps::send::SendMedia;
use crate::steps::token::Minter;
use crate::steps::upload::{Destination, TokenSource};
use crate::steps::validation::Validator;

/// The same options for each of the steps: a mistake is reported at the step that its option belongs to.
struct StepOptions {
    token: Options,
    upload: Options,
    message: Options,
}

/// Reads the arguments of `sendMedia`.
///
/// # Errors
///
/// `invalid_argument`, with the media token if one was given.
pub fn read(
    file: &JsValue,
    given: &JsValue,
    validator: Option<Validator>,
) -> Result<SendMedia<JsonData>, Error> {
    let token = Options::new(Stage::Token, given)?;
    let options = StepOptions {
        upload: token.at(Stage::Upload),
        message: token.at(Stage::Message),
        token,
    };
    let media_token = options.message.text("mediaToken")?;
    let read = sending(file, &options, media_token.clone(), validator);
    read.map_err(|error| error.with_media_token(media_token))
}

fn sending(
    file: &JsValue,
    options: &StepOptions,
    media_token: Option<String>,
    validator: Option<Validator>,
) -> Result<SendMedia<JsonData>, Error> {
    let endpoint = endpoint::read(&options.token)?;
    let media_type = file::media_type(&options.upload)?;
    let file = file::read(&options.upload, file, media_type, validator)?;
    let destination = destination(options, &endpoint)?;
    let target = message::target(&options.message)?.unwrap_or(Target::Chatbot);
    let upload = upload::uploading(&options.upload, file, destination)?;
    let before_message = options.message.function("beforeMessage")?;
    let Addressed {
        target,
        id,
        buttons,
    } = message::addressed(target, &options.message)?;
    Ok(SendMedia {
        media_token,
        upload,
        before_message,
        message: SendMessage {
            by: Sender::Endpoint(endpoint),
            target,
            id,
            buttons,
            call: wait::call(&options.message, wait::ANSWER_TIMEOUT)?,
        },
    })
}

fn destination(options: &StepOptions, endpoint: &Endpoint) -> Result<Destination, Error> {
    if options.upload.flag("relay", false)? {
        return Ok(Destination::Relay(endpoint.clone()));
    }
    let token = if options.upload.has("token")? {
        upload::token(&options.upload)?
    } else {
        let by = Minter::Endpoint(endpoint.clone());
        TokenSource::Minted(token::minting(&options.token, by)?)
    };
    upload::divar(&options.upload, token)
}

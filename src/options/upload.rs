//! `UploadOptions`, which `uploadMedia` takes.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::reader::Options;
use super::{address, endpoint, wait};
use crate::divar::routes::CHAT_HOST;
use crate::error::{Error, Stage};
use crate::http::Progress;
use crate::steps::file::ChosenFile;
use crate::steps::observer::StageObserver;
use crate::steps::upload::{AuthScheme, Destination, Encoding, TokenSource, Upload};
use crate::steps::validation::Validator;

/// Reads the arguments of `uploadMedia`.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(
    file: &JsValue,
    media_type: &JsValue,
    given: &JsValue,
    validator: Option<Validator>,
) -> Result<Upload, Error> {
    let options = Options::new(Stage::Upload, given)?;
    let media_type = super::file::required_media_type(&options, media_type)?;
    let file = super::file::read(&options, file, Some(media_type), validator)?;
    let destination = match (options.has("endpoint")?, options.has("token")?) {
        (true, true) => return Err(options.refuse("", "give either token or endpoint")),
        (true, false) => Destination::Relay(endpoint::read(&options)?),
        (false, _) => divar(&options, token(&options)?)?,
    };
    uploading(&options, file, destination)
}

/// Reads the token of an upload, or the function that gets one.
///
/// # Errors
///
/// `invalid_argument`.
pub fn token(options: &Options) -> Result<TokenSource, Error> {
    let given = options.get("token")?.unwrap_or_default();
    match given.dyn_into() {
        Ok(function) => Ok(TokenSource::Function(function)),
        Err(_) => options.secret("token").map(TokenSource::Given),
    }
}

/// Reads how a file is sent to Divar's chat host.
///
/// # Errors
///
/// `invalid_argument`.
pub fn divar(options: &Options, token: TokenSource) -> Result<Destination, Error> {
    let chat_host = address::host_option(options, "chatUrl", CHAT_HOST)?;
    let scheme = options.word("authScheme", AuthScheme::from_name, "Bearer or Basic")?;
    let encoding = options.word("encoding", Encoding::from_name, "multipart or binary")?;
    Ok(Destination::Divar {
        token,
        chat_host,
        scheme: scheme.unwrap_or(AuthScheme::Bearer),
        encoding: encoding.unwrap_or(Encoding::Multipart),
    })
}

/// Reads how a file is uploaded, wherever it is sent.
///
/// # Errors
///
/// `invalid_argument`.
pub fn uploading(
    options: &Options,
    file: ChosenFile,
    destination: Destination,
) -> Result<Upload, Error> {
    let on_progress = options.function("onProgress")?;
    let callback = options.function("onStage")?;
    Ok(Upload {
        progress: on_progress.map(|callback| Rc::new(Progress::new(callback, file.size))),
        file,
        destination,
        call: wait::call(options, wait::UPLOAD_ANSWER_TIMEOUT)?,
        retry: wait::retry(options)?,
        stages: StageObserver { callback },
    })
}

//! `UploadOptions`, which `uploadMedia` takes.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::address;
use super::check::Check;
use super::endpoint::{self, EndpointOptions};
use super::file::{self, FileOptions};
use super::wait;
use crate::divar::routes::CHAT_HOST;
use crate::error::{Error, Stage};
use crate::http::Progress;
use crate::steps::file::ChosenFile;
use crate::steps::observer::StageObserver;
use crate::steps::upload::{AuthScheme, Destination, Encoding, TokenSource, Upload};

#[wasm_bindgen]
extern "C" {
    /// `UploadOptions`.
    #[wasm_bindgen(extends = EndpointOptions, extends = wait::WaitOptions)]
    pub type UploadOptions;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub fn token(this: &UploadOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = chatUrl)]
    fn chat_url(this: &UploadOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = authScheme)]
    fn auth_scheme(this: &UploadOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn encoding(this: &UploadOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = onProgress)]
    fn on_progress(this: &UploadOptions) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = onStage)]
    fn on_stage(this: &UploadOptions) -> Result<JsValue, JsValue>;
}

const CHECK: Check = Check::at(Stage::Upload);

/// Reads the arguments of `uploadMedia`.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(file: &JsValue, media_type: &JsValue, given: &JsValue) -> Result<Upload, Error> {
    let options: UploadOptions = CHECK.options(given)?;
    let media_type = file::required_media_type(CHECK, Ok(media_type.clone()))?;
    let file = self::file::read(CHECK, file, file_options(&options), Some(media_type))?;
    let has_endpoint = CHECK.present("endpoint", options.endpoint())?.is_some();
    let has_token = CHECK.present("token", options.token())?.is_some();
    let destination = match (has_endpoint, has_token) {
        (true, true) => return Err(CHECK.refuse("", "give either token or endpoint")),
        (true, false) => Destination::Relay(endpoint::read(CHECK, &options)?),
        (false, _) => divar(&options, token(&options)?)?,
    };
    uploading(&options, file, destination)
}

/// The same object, for what it says of the file.
pub fn file_options(options: &UploadOptions) -> &FileOptions {
    options.unchecked_ref()
}

/// Reads the token of an upload, or the function that gets one.
///
/// # Errors
///
/// `invalid_argument`.
pub fn token(options: &UploadOptions) -> Result<TokenSource, Error> {
    let given = CHECK.present("token", options.token())?.unwrap_or_default();
    match given.dyn_into() {
        Ok(function) => Ok(TokenSource::Function(function)),
        Err(given) => CHECK.secret("token", Ok(given)).map(TokenSource::Given),
    }
}

/// Reads how a file is sent to Divar's chat host.
///
/// # Errors
///
/// `invalid_argument`.
pub fn divar(options: &UploadOptions, token: TokenSource) -> Result<Destination, Error> {
    let chat_host = match CHECK.present("chatUrl", options.chat_url())? {
        Some(given) => address::host(&given, wait::insecure_hosts(CHECK, options)?)
            .map_err(|problem| CHECK.refuse("chatUrl", problem))?,
        None => CHAT_HOST.to_owned(),
    };
    let scheme = CHECK.word(
        "authScheme",
        options.auth_scheme(),
        scheme,
        "Bearer or Basic",
    )?;
    let encoding = CHECK.word(
        "encoding",
        options.encoding(),
        encoding,
        "multipart or binary",
    )?;
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
    options: &UploadOptions,
    file: ChosenFile,
    destination: Destination,
) -> Result<Upload, Error> {
    let on_progress = CHECK.function("onProgress", options.on_progress())?;
    let callback = CHECK.function("onStage", options.on_stage())?;
    Ok(Upload {
        progress: on_progress.map(|callback| Rc::new(Progress::new(callback, file.size))),
        file,
        destination,
        call: wait::call(CHECK, options, wait::UPLOAD_ANSWER_TIMEOUT)?,
        retry: wait::retry(CHECK, options)?,
        stages: StageObserver { callback },
    })
}

fn scheme(word: &str) -> Option<AuthScheme> {
    match word {
        "Bearer" => Some(AuthScheme::Bearer),
        "Basic" => Some(AuthScheme::Basic),
        _ => None,
    }
}

fn encoding(word: &str) -> Option<Encoding> {
    match word {
        "multipart" => Some(Encoding::Multipart),
        "binary" => Some(Encoding::Binary),
        _ => None,
    }
}

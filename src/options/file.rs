//! The file, and what is said of it.

use divar_media::MediaType;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::reader::{Least, Options};
use crate::error::Error;
use crate::header::essence;
use crate::shape::has_brand;
use crate::steps::file::ChosenFile;
use crate::steps::validation::Validator;

#[wasm_bindgen]
extern "C" {
    /// A `File` or `Blob`, of whatever realm.
    type FileLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn size(this: &FileLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = type)]
    fn mime(this: &FileLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn name(this: &FileLike) -> Result<JsValue, JsValue>;
}

/// What media types there are, in the sentence for another one.
const MEDIA_TYPES: &str = "image, video, voice or file";

/// Reads the media type that an option names, if it does.
///
/// # Errors
///
/// `invalid_argument`.
pub fn media_type(options: &Options) -> Result<Option<MediaType>, Error> {
    options.word("type", MediaType::from_name, MEDIA_TYPES)
}

/// Reads a media type that is an argument of its own.
///
/// # Errors
///
/// `invalid_argument`.
pub fn required_media_type(options: &Options, given: &JsValue) -> Result<MediaType, Error> {
    let media_type = given
        .as_string()
        .and_then(|name| MediaType::from_name(&name));
    media_type.ok_or_else(|| options.refuse("type must be ", MEDIA_TYPES))
}

/// Reads the file and what the options say of it.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(
    options: &Options,
    given: &JsValue,
    media_type: Option<MediaType>,
    validator: Option<Validator>,
) -> Result<ChosenFile, Error> {
    let refuse = || options.refuse("file", " must be a File or a Blob");
    if !has_brand(given, &["[object File]", "[object Blob]"]) {
        return Err(refuse());
    }
    let like: &FileLike = given.unchecked_ref();
    // The getters of what only pretends throw.
    let size = like.size().ok().and_then(|size| size.as_f64());
    let size = size.ok_or_else(refuse)?;
    let text = |given: Result<JsValue, JsValue>| {
        given
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    };
    let name = options.text("fileName")?;
    let max_bytes = options.number("maxBytes", Least::One)?;
    Ok(ChosenFile {
        blob: given.clone().unchecked_into::<Blob>(),
        size: to_u64(size),
        name: name.unwrap_or_else(|| text(like.name())),
        mime: essence(&text(like.mime())).to_owned(),
        media_type,
        max_bytes: max_bytes.map(to_u64),
        validator,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of bytes; the cast saturates"
)]
const fn to_u64(bytes: f64) -> u64 {
    bytes as u64
}

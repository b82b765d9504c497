//! The arguments of `uploadMedia`.

use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::Options;
use crate::contract::media::MediaType;
use crate::contract::route;
use crate::error::{Error, Failure, Stage};
use crate::js;
use crate::steps::upload::{Encoding, Scheme, Upload};

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/**
 * What a file is sent as. Divar takes
 *
 * | type | formats | largest |
 * | --- | --- | --- |
 * | `image` | PNG, JPEG | 5 MB |
 * | `video` | MP4 | 50 MB |
 * | `voice` | M4A, 3GP | 1.5 MB |
 * | `file` | PDF, DOC, DOCX, XLS, XLSX, PPT, PPTX | 5 MB |
 *
 * with 1 MB read as 1,000,000 bytes, since Divar does not say which it means.
 */
export type MediaType = "image" | "video" | "voice" | "file";

/** How `uploadMedia` sends a file. */
export interface UploadOptions {
  /** What `getUploadToken` gave. Take a new one for each upload: whether one serves twice is not promised. */
  token: string;
  /**
   * The name to send the file under; its extension is made to fit the content.
   * @defaultValue the `File`'s own name, or the media type's for a `Blob`
   */
  fileName?: string;
  /**
   * The largest size to try, in bytes, for an app that knows its limit to be another.
   * @defaultValue the media type's limit
   */
  maxBytes?: number;
  /**
   * Divar's chat host or what stands for it, https or loopback.
   * @defaultValue `"https://chat.divar.ir"`
   */
  chatUrl?: string | URL;
  /**
   * The word before the token in `Authorization`. An old sample of Divar's says `Basic`.
   * @defaultValue `"Bearer"`
   */
  authScheme?: "Bearer" | "Basic";
  /**
   * How the file travels: a form with the field `file`, or the bare bytes, which carry
   * no name, as an old sample of Divar's has it.
   * @defaultValue `"multipart"`
   */
  encoding?: "multipart" | "binary";
  /** Ends the call; it then rejects with the signal's own reason. */
  signal?: AbortSignal;
}

/** A file that Divar has taken. */
export interface UploadedMedia {
  /** The media token, for a message to carry. */
  id: string;
}
"#;

/// Reads the arguments of `uploadMedia`.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(file: &JsValue, media_type: &JsValue, object: &JsValue) -> Result<Upload, Failure> {
    let options = Options::new(Stage::Upload, object)?;
    let media_type = media_type
        .as_string()
        .and_then(|name| MediaType::from_name(&name))
        .ok_or_else(|| options.refuse(&["the type must be image, video, voice or file"]))?;
    let (blob, size) =
        readable(file).ok_or_else(|| options.refuse(&["the file must be a File or a Blob"]))?;
    Ok(Upload {
        name: match options.string("fileName")? {
            Some(name) => name,
            None => js::text(file, "name"),
        },
        mime: js::text(file, "type"),
        blob,
        size,
        media_type,
        max_bytes: max_bytes(&options)?.unwrap_or_else(|| media_type.max_bytes()),
        token: options.secret("token")?,
        base: options.base("chatUrl", route::CHAT)?,
        scheme: scheme(&options)?,
        encoding: encoding(&options)?,
        signal: options.signal()?,
    })
}

/// The file and its size, unless it only pretends to be one: its getters then
/// throw.
fn readable(file: &JsValue) -> Option<(Blob, f64)> {
    let blob = file.dyn_ref::<Blob>()?.clone();
    let size = js::get(file, "size").ok()?.as_f64()?;
    Some((blob, size))
}

fn max_bytes(options: &Options) -> Result<Option<u64>, Error> {
    let value = options.get("maxBytes")?;
    if value.is_undefined() {
        return Ok(None);
    }
    match value.as_f64() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be at least 1; the cast saturates"
        )]
        Some(bytes) if bytes >= 1.0 => Ok(Some(bytes as u64)),
        _ => Err(options.refuse(&["maxBytes must be a number of bytes, at least 1"])),
    }
}

fn scheme(options: &Options) -> Result<Scheme, Error> {
    match options.string("authScheme")?.as_deref() {
        None | Some("Bearer") => Ok(Scheme::Bearer),
        Some("Basic") => Ok(Scheme::Basic),
        Some(_) => Err(options.refuse(&["authScheme must be Bearer or Basic"])),
    }
}

fn encoding(options: &Options) -> Result<Encoding, Error> {
    match options.string("encoding")?.as_deref() {
        None | Some("multipart") => Ok(Encoding::Multipart),
        Some("binary") => Ok(Encoding::Binary),
        Some(_) => Err(options.refuse(&["encoding must be multipart or binary"])),
    }
}

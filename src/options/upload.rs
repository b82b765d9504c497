//! The arguments of `uploadMedia`.

use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::{Options, wait};
use crate::contract::route;
use crate::error::{Error, Failure, Stage};
use crate::js;
use crate::net::progress;
use crate::steps::file::{Chosen, Encoding};
use crate::steps::stages::Stages;
use crate::steps::upload::{Scheme, Token, Upload, Way};
use divar_media::accepted::MediaType;

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

/** How `uploadMedia` sends a file: to Divar with a token, or through the app's own server. */
export type UploadOptions = DirectUploadOptions | RelayedUploadOptions;

/** To Divar's chat host. */
export interface DirectUploadOptions extends UploadFileOptions {
  /**
   * What `getUploadToken` gave, or better a function that gets a fresh one: whether a token serves
   * twice is not promised, so the function is called for each try, and once more after a 401. Its
   * `signal` fires when the upload ends early. What it throws or rejects with is handed on as it is.
   */
  token: string | TokenFunction;
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
}

/** Gets a fresh upload token. */
export type TokenFunction = (context: { signal: AbortSignal }) => string | Promise<string>;

/** To the app's own server, where `createMediaHandler` with `relay` sends it on as it comes. */
export interface RelayedUploadOptions extends UploadFileOptions {
  /**
   * Where the app serves its media routes, such as `"/divar"`; the file goes to
   * `POST /divar/upload/{type}?name=…` as the bare body. Relative to the page; elsewhere an absolute
   * address, https or loopback.
   */
  endpoint: string | URL;
}

/** What is said of the file, and of its way, wherever it goes. */
export interface UploadFileOptions extends WaitOptions, RetryOptions {
  /**
   * Told how many bytes of the file have gone, at most every 100 ms and never backwards; then,
   * once, that the server works. Outside of pages the body is then a stream, which is counted; only a
   * browser's service worker, and a browser with a `fetch` of yours, tell no more than the beginning
   * and the end.
   */
  onProgress?: (progress: UploadProgress) => void;
  /**
   * Told which step begins, again where it is tried again; of `sendMedia`'s `"message"` with the
   * media token, so that whoever aborts the call from there on need not upload again.
   */
  onStage?: (stage: Stage, mediaToken?: string) => void;
  /**
   * The longest that no byte may move until the last one has gone, in milliseconds; the call then
   * rejects with `stalled`. Bytes are seen to move in a page, and elsewhere with `onProgress`; where
   * they are not, one bound stands in for this and `answerTimeout`, their sum and a second for each
   * 16 KB, and the code is `answer_timeout`.
   * @defaultValue 30,000
   */
  stallTimeout?: number;
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
}

/** How far an upload is. */
export interface UploadProgress {
  /** Bytes of the file that have gone. */
  loaded: number;
  /** Bytes of the file. */
  total: number;
  /** `"processing"` after the last byte, until the answer. */
  phase: "uploading" | "processing";
}

/** A file that Divar has taken. */
export interface UploadedMedia {
  /** The media token, for a message to carry. */
  id: string;
}
"#;

/// How long an answer may take where nothing is said of it, in milliseconds.
const ANSWER: f64 = 60_000.0;

/// Reads the arguments of `uploadMedia`.
///
/// # Errors
///
/// `invalid_argument`.
pub fn read(file: &JsValue, media_type: &JsValue, object: &JsValue) -> Result<Upload, Failure> {
    let options = Options::new(Stage::Upload, object)?;
    let media_type = known_type(&options, media_type)?;
    let chosen = chosen(&options, file, Some(media_type))?;
    let by_endpoint = !options.get("endpoint")?.is_undefined();
    let way = match (by_endpoint, options.get("token")?.is_undefined()) {
        (true, true) => Way::Relay(options.endpoint()?),
        (true, false) => return Err(options.refuse(&["give either token or endpoint"]).into()),
        (false, _) => to_divar(&options, token(&options)?)?,
    };
    Ok(uploading(&options, chosen, way)?)
}

/// Reads how a file goes to Divar's chat host.
///
/// # Errors
///
/// `invalid_argument`.
pub fn to_divar(options: &Options, token: Token) -> Result<Way, Error> {
    Ok(Way::Divar {
        token,
        base: options.base("chatUrl", route::CHAT)?,
        scheme: scheme(options)?,
        encoding: encoding(options)?,
    })
}

/// Reads how to upload a file.
///
/// # Errors
///
/// `invalid_argument`.
pub fn uploading(options: &Options, file: Chosen, way: Way) -> Result<Upload, Error> {
    let size = file.size;
    Ok(Upload {
        file,
        way,
        progress: options
            .function("onProgress")?
            .map(|tell| progress::telling(&tell, size)),
        stages: Stages(options.function("onStage")?),
        call: wait::call(options, ANSWER)?,
        retries: wait::retries(options)?,
    })
}

/// Reads the file.
///
/// # Errors
///
/// `invalid_argument`.
pub fn chosen(
    options: &Options,
    file: &JsValue,
    media_type: Option<MediaType>,
) -> Result<Chosen, Error> {
    let (blob, size) =
        readable(file).ok_or_else(|| options.refuse(&["the file must be a File or a Blob"]))?;
    Ok(Chosen {
        name: match options.string("fileName")? {
            Some(name) => name,
            None => js::text(file, "name"),
        },
        mime: js::text(file, "type"),
        blob,
        size,
        media_type,
        max_bytes: max_bytes(options)?,
    })
}

/// Reads a media type.
///
/// # Errors
///
/// `invalid_argument`.
pub fn known_type(options: &Options, media_type: &JsValue) -> Result<MediaType, Error> {
    media_type
        .as_string()
        .and_then(|name| MediaType::from_name(&name))
        .ok_or_else(|| options.refuse(&["the type must be image, video, voice or file"]))
}

/// Reads where the upload token comes from.
///
/// # Errors
///
/// `invalid_argument`.
pub fn token(options: &Options) -> Result<Token, Error> {
    let token = options.get("token")?;
    Ok(if token.is_function() {
        Token::Function(token.unchecked_into())
    } else {
        Token::Text(options.secret("token")?)
    })
}

/// The file and its size, unless it only pretends to be one: its getters then
/// throw.
fn readable(file: &JsValue) -> Option<(Blob, f64)> {
    let size = js::get(file, "size").ok()?.as_f64()?;
    js::is_a(file, "Blob").then(|| (file.clone().unchecked_into(), size))
}

fn max_bytes(options: &Options) -> Result<Option<u64>, Error> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1; the cast saturates"
    )]
    let whole = |bytes: f64| bytes as u64;
    Ok(options.number("maxBytes", 1.0)?.map(whole))
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

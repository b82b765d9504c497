//! The arguments of `uploadMedia`.

use wasm_bindgen::prelude::*;

use super::wait::{RETRY, WAIT};
use crate::js;
use crate::task::{Task, Way};
use crate::work::Work;
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

/// What a file is, and what is said of it.
pub const FILE: &str = "type|image|video|voice|file file# fileName$ maxBytes>1";

/// Reads the arguments of `uploadMedia`.
pub fn read(task: &mut Task) {
    let work = &task.work;
    if work.has("type") == 0 {
        work.refuse("the type must be image, video, voice or file");
    }
    work.read(FILE);
    task.way = match (work.has("endpoint"), work.has("token")) {
        (1.., 0) => {
            work.read("endpoint:");
            Way::Relay
        }
        (0, _) => to_divar(work),
        _ => {
            work.refuse("give either token or endpoint");
            Way::Relay
        }
    };
    read_way(work);
}

/// Reads where the upload token comes from.
pub fn to_divar(work: &Work) -> Way {
    if work.has("token") == 1 {
        work.read("token(");
        return Way::Asked;
    }
    work.read("token*");
    Way::Given
}

/// Reads how to upload a file.
pub fn read_way(work: &Work) {
    work.read(
        "chatUrl@=https://chat.divar.ir authScheme|Bearer|Basic=Bearer encoding|multipart|binary",
    );
    work.read("onProgress( onStage(");
    work.read(WAIT);
    work.read(RETRY);
}

/// The type that was named, or that was found.
pub fn named_type(work: &Work) -> Option<MediaType> {
    let mut all = MediaType::ALL.into_iter();
    all.find(|known| js::is(work, "type", known.name()))
}

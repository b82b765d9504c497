//! The options of `getUploadToken`.

use wasm_bindgen::prelude::*;

use super::key;
use super::wait::{RETRY, WAIT};
use crate::work::Work;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"
/** Where an upload token comes from: the app's own route, or Divar itself. */
export type UploadTokenOptions = EndpointTokenOptions | ApiKeyTokenOptions;

/** In a page: the app's own server holds the key and mints the token. */
export interface EndpointTokenOptions extends WaitOptions, RetryOptions {
  /**
   * Where the app serves its media routes, such as `"/divar"`; the token is
   * asked for with `POST /divar/token`, body `{}`, answer `{"token": "…"}`.
   * Relative to the page; elsewhere an absolute address, https or loopback.
   */
  endpoint: string | URL;
}

/** On the secret side: Divar mints the token for the app's key. */
export interface ApiKeyTokenOptions extends KeyOptions, WaitOptions, RetryOptions {}
"#;

/// Reads the options of `getUploadToken`.
pub fn read(work: &Work) {
    match (work.has("endpoint"), work.has("apiKey")) {
        (1.., 0) => work.read("endpoint:"),
        (0, 1..) => key::read(work),
        _ => work.refuse("give either endpoint or apiKey"),
    }
    read_waits(work);
}

/// Reads how long and how often to ask for a token.
pub fn read_waits(work: &Work) {
    work.read(WAIT);
    work.read(RETRY);
}

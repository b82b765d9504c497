//! Reading what `fetch` resolved to.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::answer::{BodyText, RawAnswer, no_answer};
use super::deadline::Deadline;
use super::stream_like::{StreamLike, piece_of};
use crate::callback;
use crate::error::{Failure, Stage};

/// The longest body of an answer that is read, in bytes. Divar's answers have some hundred.
pub const LONGEST_ANSWER: usize = 1024 * 1024;

#[wasm_bindgen]
extern "C" {
    /// What is taken for a response: by shape, since one of another realm belongs to another class,
    /// and an app's tests may use a plain object.
    type ResponseLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn status(this: &ResponseLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn headers(this: &ResponseLike) -> Result<Option<HeadersLike>, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn text(this: &ResponseLike) -> Result<JsValue, JsValue>;

    /// Something with a `get`, as `Headers` and `Map` have.
    type HeadersLike;
    /// `gloo_net::http::Headers::get` panics where this throws.
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &HeadersLike, name: &str) -> Result<Option<String>, JsValue>;
}

/// Reads an answer to its end, or to [`LONGEST_ANSWER`].
///
/// # Errors
///
/// `network` where it is no response or breaks off; as [`Deadline::wait_for`].
pub async fn read(
    stage: Stage,
    response: JsValue,
    deadline: &Deadline,
) -> Result<RawAnswer, Failure> {
    let broken = |cause| Failure::from(no_answer(stage).with_cause(cause));
    if !response.is_object() {
        return Err(no_answer(stage).into());
    }
    let like: ResponseLike = response.clone().unchecked_into();
    let is_number = like.status().is_ok_and(|status| status.as_f64().is_some());
    let headers = like.headers().map_err(broken)?;
    let Some(headers) = headers.filter(|_| is_number) else {
        return Err(no_answer(stage).into());
    };
    let content_type = headers.get("content-type").map_err(broken)?;
    let retry_after = headers.get("retry-after").map_err(broken)?;
    let response = gloo_net::http::Response::from(response.unchecked_into::<web_sys::Response>());
    let text = match response.body() {
        Some(body) if !is_short(&headers) => bounded(&body.unchecked_into(), deadline).await?,
        _ => whole(&like, deadline).await?,
    };
    Ok(RawAnswer {
        status: response.status(),
        content_type: content_type.unwrap_or_default(),
        retry_after,
        text: text.map_err(broken)?,
    })
}

/// Whether the answer says that it is short. One that is compressed may become long.
fn is_short(headers: &HeadersLike) -> bool {
    let length = headers.get("content-length").ok().flatten();
    let length = length.and_then(|length| length.parse::<usize>().ok());
    let is_plain = headers
        .get("content-encoding")
        .is_ok_and(|coding| coding.is_none());
    is_plain && length.is_some_and(|length| length <= LONGEST_ANSWER)
}

/// The whole body at once.
async fn whole(
    response: &ResponseLike,
    deadline: &Deadline,
) -> Result<Result<BodyText, JsValue>, Failure> {
    let text = match response.text() {
        Ok(promise) => deadline.wait_for(&Promise::resolve(&promise)).await?,
        Err(cause) => Err(cause),
    };
    Ok(text.map(|text| BodyText::Whole(text.as_string().unwrap_or_default())))
}

/// The body, unless it is too long; the rest of a long one is not received.
async fn bounded(
    body: &StreamLike,
    deadline: &Deadline,
) -> Result<Result<BodyText, JsValue>, Failure> {
    let reader = match body.get_reader() {
        Ok(reader) => reader,
        Err(cause) => return Ok(Err(cause)),
    };
    let mut bytes = Vec::new();
    loop {
        let piece = match reader.read() {
            Ok(promise) => deadline.wait_for(&Promise::resolve(&promise)).await?,
            Err(cause) => Err(cause),
        };
        let piece = match piece.and_then(piece_of) {
            Ok(piece) => piece,
            Err(cause) => return Ok(Err(cause)),
        };
        let Some(piece) = piece else {
            let text = String::from_utf8(bytes);
            return Ok(Ok(text.map_or(BodyText::Unreadable, BodyText::Whole)));
        };
        bytes.extend(piece.to_vec());
        if bytes.len() > LONGEST_ANSWER {
            deadline.abort();
            // A `fetch` of the caller's may have an answer that no signal ends.
            if let Ok(cancelled) = reader.cancel() {
                callback::ignore(&cancelled);
            }
            return Ok(Ok(BodyText::Unreadable));
        }
    }
}

//! Sending by `fetch`.
//!
//! `fetch` itself is called through web-sys's types with `catch`: gloo-net's `send` leaves its promise
//! unsettled where `fetch` throws at once or is missing, and where it rejects with something other
//! than an `Error`. gloo-net builds the headers and reads the response.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{RequestInit, RequestMode, RequestRedirect};

use super::answer::{Answer, no_answer};
use super::deadline::Deadline;
use super::request::{CallSettings, Headers, Redirects, Request, RequestHead};
use super::response;
use crate::error::{Failure, Stage};

#[wasm_bindgen]
extern "C" {
    /// The global `fetch`, wherever it is looked up from: a page's tests may replace it.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;
}

/// Sends a request and reads the answer.
///
/// # Errors
///
/// As [`send`](super::transport::send).
pub async fn send(
    request: &Request,
    call: &CallSettings,
    deadline: &Deadline,
) -> Result<Answer, Failure> {
    let head = &request.head;
    let init = init(head, deadline).map_err(|cause| head.impossible(cause))?;
    let body = request.body.to_js();
    init.set_body(&body.map_err(|cause| head.impossible(cause))?);
    answered(head.stage, &start(head, call, &init), deadline).await
}

/// Waits for the answer and reads it.
///
/// # Errors
///
/// As [`send`](super::transport::send).
pub async fn answered(
    stage: Stage,
    promise: &Promise,
    deadline: &Deadline,
) -> Result<Answer, Failure> {
    let response = deadline.wait_for(promise).await?;
    let response = response.map_err(|cause| no_answer(stage).with_cause(cause))?;
    let raw = response::read(stage, response, deadline).await?;
    Ok(Answer::read(stage, raw)?)
}

/// Calls `fetch`, the caller's or the platform's, and gives its promise.
pub fn start(head: &RequestHead, call: &CallSettings, init: &RequestInit) -> Promise {
    let begun = match &call.fetch {
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &head.url.as_str().into(), init),
        None => global_fetch(&head.url, init),
    };
    match begun {
        Ok(promise) => Promise::resolve(&promise),
        Err(cause) => Promise::reject(&cause),
    }
}

/// The request without its body.
///
/// # Errors
///
/// What the platform throws for a header.
pub fn init(head: &RequestHead, deadline: &Deadline) -> Result<RequestInit, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers(&head.headers)?.into_raw());
    init.set_signal(deadline.signal().as_ref());
    match head.redirects {
        // "error" is not to be had in workerd.
        Redirects::Refused => init.set_redirect(RequestRedirect::Manual),
        // A redirect to another origin then fails.
        Redirects::WithinOrigin => init.set_mode(RequestMode::SameOrigin),
    }
    Ok(init)
}

/// `gloo_net::http::Headers::set` panics where the platform refuses a name or value.
fn headers(all: &Headers) -> Result<gloo_net::http::Headers, JsValue> {
    let headers = web_sys::Headers::new()?;
    for (name, value) in all {
        headers.set(name, value)?;
    }
    Ok(gloo_net::http::Headers::from_raw(headers))
}

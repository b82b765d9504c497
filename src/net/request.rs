//! Sending a request.

use gloo_net::http::{Request, Response};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestRedirect};

use super::abort;
use crate::error::{Code, Error, Failure, Stage};
use crate::js;

#[wasm_bindgen]
extern "C" {
    // gloo-net's own `send` never settles where the promise is rejected with
    // anything but an `Error`, or where `fetch` throws or does not exist.
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;
}

/// A `POST`, which is all that Divar's three routes take.
pub struct Post<'a> {
    /// The step it belongs to.
    pub stage: Stage,
    /// Where it goes.
    pub url: &'a str,
    /// Its headers; their values have been checked.
    pub headers: &'a [(&'a str, &'a str)],
    /// What it carries.
    pub body: JsValue,
    /// The caller's signal.
    pub signal: Option<&'a AbortSignal>,
}

impl Post<'_> {
    /// Sends it and waits for the answer's head.
    ///
    /// # Errors
    ///
    /// `network` if there is none, or the signal's own reason.
    pub async fn send(self) -> Result<Response, Failure> {
        let Self { stage, signal, .. } = self;
        abort::check(signal)?;
        let request = self.build()?;
        let answer = match fetch(&request) {
            Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
            Err(thrown) => Err(thrown),
        };
        match answer {
            Ok(response) if is_response(&response) => {
                Ok(response.unchecked_into::<web_sys::Response>().into())
            }
            Ok(_) => Err(no_answer(stage, JsValue::UNDEFINED).into()),
            Err(cause) => {
                abort::check(signal)?;
                Err(no_answer(stage, cause).into())
            }
        }
    }

    fn build(self) -> Result<web_sys::Request, Error> {
        let stage = self.stage;
        let builder = Request::post(self.url)
            // A redirect could carry the key to another host: fetch drops only
            // `Authorization` on the way. "error" is not to be had in workerd.
            .redirect(RequestRedirect::Manual)
            .abort_signal(self.signal);
        let builder = self.headers.iter().fold(builder, |builder, (name, value)| {
            builder.header(name, value)
        });
        match builder.body(self.body) {
            Ok(request) => Ok(request.into()),
            Err(_) => Err(Error::new(
                stage,
                Code::InvalidArgument,
                &["the request could not be made"],
            )),
        }
    }
}

/// By shape, since in another realm the answer is of another `Response`, and an
/// app's tests may put a plain object in its place.
fn is_response(value: &JsValue) -> bool {
    let headers = js::get(value, "headers").unwrap_or_default();
    let is_method = |object, name| js::get(object, name).is_ok_and(|method| method.is_function());
    is_method(value, "text")
        && is_method(&headers, "get")
        && js::get(value, "status").is_ok_and(|status| status.as_f64().is_some())
}

/// The failure of a request that was sent and not answered.
#[must_use]
pub fn no_answer(stage: Stage, cause: JsValue) -> Error {
    Error::new(stage, Code::Network, &["there was no answer"])
        .retryable(true)
        .caused_by(cause)
}

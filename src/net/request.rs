//! Sending a request.

use gloo_net::http::Request;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestRedirect, Response};

use super::abort;
use crate::error::{Code, Error, Failure, Stage};

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
            // By shape: in another realm the answer is of another `Response`.
            Ok(response) => Ok(response.unchecked_into()),
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

/// The failure of a request that was sent and not answered.
#[must_use]
pub fn no_answer(stage: Stage, cause: JsValue) -> Error {
    Error::new(stage, Code::Network, &["there was no answer"])
        .retryable(true)
        .caused_by(cause)
}

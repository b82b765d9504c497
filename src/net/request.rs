//! One request and its answer.

use std::rc::Rc;

use gloo_net::http::{Request, Response};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestRedirect};

use super::abort;
use super::answer::{Answer, Raw};
use super::body::Body;
use super::gate::{Deadline, Gate, no_answer};
use super::progress::Progress;
use super::{stream, xhr};
use crate::error::{Code, Error, Failure, Stage};
use crate::js;

#[wasm_bindgen]
extern "C" {
    // gloo-net's own `send` never settles where the promise is rejected with
    // anything but an `Error`, or where `fetch` throws or does not exist.
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;
}

/// Bytes a millisecond (16 KB/s) that the slowest link is taken to carry, where
/// the bytes that move cannot be seen.
const SLOWEST: f64 = 16.0;

/// How long one attempt may wait; in milliseconds.
#[derive(Clone, Copy)]
pub struct Limits {
    /// While no byte moves, until the last one has gone.
    pub stall: f64,
    /// For the answer, after the last byte.
    pub answer: f64,
    /// When the call as a whole must end, since 1970.
    pub ends_at: Option<f64>,
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
    pub body: Body,
    /// How long it may wait.
    pub limits: Limits,
    /// The caller's signal.
    pub signal: Option<&'a AbortSignal>,
}

impl Post<'_> {
    /// Sends it and reads the answer.
    ///
    /// # Errors
    ///
    /// What the answer tells, a deadline's code, `network` where there is no
    /// answer, or the signal's own reason.
    pub async fn send(self) -> Result<Answer, Failure> {
        let stage = self.stage;
        let Limits {
            stall,
            answer,
            ends_at,
        } = self.limits;
        abort::check(self.signal)?;
        let gate = Gate::new(stage, self.signal, ends_at);
        // Fetch shows no byte moving: one bound stands in for the two limits.
        let size = self.body.size();
        let sending = if size > 0.0 {
            stall + size / SLOWEST
        } else {
            0.0
        };
        gate.phase().begin(Deadline::Answer, sending + answer);
        let body = self.body.value();
        let request = self.build(&gate, &[], body.map_err(|cause| self.impossible(cause))?)?;
        let promise = fetch(&request).map_err(|thrown| no_answer(stage).caused_by(thrown))?;
        let response = gate.wait(Promise::resolve(&promise)).await?;
        read(stage, &gate, response).await
    }

    /// As [`Post::send`], telling of the bytes that move where the platform
    /// shows them.
    ///
    /// # Errors
    ///
    /// As [`Post::send`]; `stalled`, and `file_unreadable` where we read the file.
    pub async fn send_telling(self, progress: &Rc<Progress>) -> Result<Answer, Failure> {
        if xhr::is_here() {
            return xhr::send(self, progress).await;
        }
        if stream::is_here() {
            return stream::send(self, progress).await;
        }
        progress.moved(0.0, self.body.size());
        let answer = self.send().await?;
        progress.gone();
        Ok(answer)
    }

    /// A request for `fetch`, with these headers beside its own.
    ///
    /// # Errors
    ///
    /// As [`Post::impossible`].
    pub fn build(
        &self,
        gate: &Gate,
        more: &[(&str, &str)],
        body: JsValue,
    ) -> Result<web_sys::Request, Error> {
        let builder = Request::post(self.url)
            // A redirect could carry the key to another host: fetch drops only
            // `Authorization` on the way. "error" is not to be had in workerd.
            .redirect(RequestRedirect::Manual)
            .abort_signal(gate.signal().as_ref());
        let headers = self.headers.iter().chain(more);
        let builder = headers.fold(builder, |builder, (name, value)| {
            builder.header(name, value)
        });
        let request = builder.body(body);
        Ok(request
            .map_err(|_| self.impossible(JsValue::UNDEFINED))?
            .into())
    }

    /// The failure of a request that the platform does not make.
    pub fn impossible(&self, cause: JsValue) -> Error {
        let words = ["the request could not be made"];
        Error::new(self.stage, Code::InvalidArgument, &words).caused_by(cause)
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

/// Reads the answer that `fetch` gave.
///
/// # Errors
///
/// As [`Post::send`].
pub async fn read(stage: Stage, gate: &Gate, response: JsValue) -> Result<Answer, Failure> {
    if !is_response(&response) {
        return Err(no_answer(stage).into());
    }
    let response: web_sys::Response = response.unchecked_into();
    // Not gloo-net's: it never settles where the promise is rejected with
    // anything but an `Error`, such as an abort's reason.
    let text = match response.text() {
        Ok(promise) => gate.wait(Promise::resolve(&promise)).await?,
        Err(_) => JsValue::UNDEFINED,
    };
    let response = Response::from(response);
    let header = |name| response.headers().get(name).unwrap_or_default();
    let raw = Raw {
        status: response.status(),
        content_type: header("content-type"),
        retry_after: header("retry-after"),
        text: text.as_string().unwrap_or_default(),
    };
    Ok(Answer::read(stage, &raw)?)
}

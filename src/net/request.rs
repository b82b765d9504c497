//! One request and its answer.

use std::rc::Rc;

use gloo_net::http::{Request, Response};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::RequestRedirect;

use super::abort;
use super::answer::{Answer, Raw};
use super::body::Body;
use super::call::Call;
use super::gate::{Deadline, Gate, no_answer};
use super::progress::Progress;
#[cfg(feature = "secret")]
use super::stream;
use super::xhr;
use crate::error::{Code, Error, Failure, Stage};
use crate::js;

#[wasm_bindgen]
extern "C" {
    // gloo-net's own `send` never settles where the promise is rejected with
    // anything but an `Error`, or where `fetch` throws or does not exist.
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request, init: &JsValue) -> Result<JsValue, JsValue>;
}

/// Bytes a millisecond (16 KB/s) that the slowest link is taken to carry, where
/// the bytes that move cannot be seen.
const SLOWEST: f64 = 16.0;

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
    /// The call that it is a part of.
    pub call: &'a Call,
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
        let call = self.call;
        abort::check(call.signal.as_ref())?;
        let gate = Gate::new(stage, call);
        // Fetch shows no byte moving: one bound stands in for the two limits.
        let size = self.body.size();
        let sending = if size > 0.0 {
            call.stall + size / SLOWEST
        } else {
            0.0
        };
        gate.phase().begin(Deadline::Answer, sending + call.answer);
        let body = self.body.value();
        let request = self.build(&gate, &[], body.map_err(|cause| self.impossible(cause))?)?;
        self.fetch(&gate, &request, &JsValue::UNDEFINED).await
    }

    /// As [`Post::send`], by what shows bytes moving where there is such a thing:
    /// in pages always, and elsewhere where somebody wants to be told.
    ///
    /// # Errors
    ///
    /// As [`Post::send`]; `stalled`, and `file_unreadable` where we read the file.
    pub async fn upload(self, progress: Option<&Rc<Progress>>) -> Result<Answer, Failure> {
        if self.call.fetch.is_none() && xhr::is_here() {
            return xhr::send(self, progress).await;
        }
        let Some(progress) = progress else {
            return self.send().await;
        };
        #[cfg(feature = "secret")]
        if stream::is_here() {
            return stream::send(self, Some(progress.as_ref())).await;
        }
        progress.moved(0.0, self.body.size());
        let answer = self.send().await?;
        progress.gone();
        Ok(answer)
    }

    /// As [`Post::send`], of a body that is still coming in.
    ///
    /// # Errors
    ///
    /// As [`Post::send`]; `stalled`, and what the body is refused for on its way.
    #[cfg(feature = "secret")]
    pub async fn relay(self) -> Result<Answer, Failure> {
        stream::send(self, None).await
    }

    /// Hands a request to `fetch`, with `init` beside it, and reads the answer.
    ///
    /// # Errors
    ///
    /// As [`Post::send`].
    pub async fn fetch(
        &self,
        gate: &Gate,
        request: &web_sys::Request,
        init: &JsValue,
    ) -> Result<Answer, Failure> {
        let promise = match &self.call.fetch {
            Some(given) => given.call2(&JsValue::UNDEFINED, request, init),
            None => fetch(request, init),
        };
        let promise = promise.map_err(|thrown| no_answer(self.stage).caused_by(thrown))?;
        let response = gate.wait(Promise::resolve(&promise)).await?;
        read(self.stage, gate, response).await
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

async fn read(stage: Stage, gate: &Gate, response: JsValue) -> Result<Answer, Failure> {
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

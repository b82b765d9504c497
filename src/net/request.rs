//! One request and its answer.

use wasm_bindgen::prelude::*;

use super::answer::Answer;
use super::body::Body;
use super::call::Call;
use super::gate::{Bar, Deadline, Gate, no_answer};
use super::progress::Progress;
#[cfg(feature = "secret")]
use super::stream;
use crate::error::{Code, Error, Failure, Stage};
use crate::task::Running;

#[wasm_bindgen(module = "/pkg/platform/request.js")]
extern "C" {
    #[wasm_bindgen(js_name = hasXhr)]
    fn has_xhr() -> bool;
    #[wasm_bindgen(catch)]
    fn request(
        url: &str,
        headers: &JsValue,
        body: &JsValue,
        signal: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = byFetch)]
    fn by_fetch(given: &JsValue, request: &JsValue, init: &JsValue) -> JsValue;
    #[wasm_bindgen(catch, js_name = byXhr)]
    fn by_xhr(
        url: &str,
        headers: &JsValue,
        body: &JsValue,
        gate: &Bar,
        stall: f64,
        answer: f64,
        progress: Option<&Progress>,
    ) -> Result<JsValue, JsValue>;
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
    /// Its headers, an object; their values have been checked.
    pub headers: JsValue,
    /// What it carries.
    pub body: Body,
    /// The call that it is a part of.
    pub call: &'a Call,
}

impl<'a> Post<'a> {
    /// Sends it and reads the answer.
    ///
    /// # Errors
    ///
    /// What the answer tells, a deadline's code, `network` where there is no
    /// answer, or the signal's own reason.
    pub fn send(self) -> Running<'a, Answer> {
        self.by(false, None)
    }

    /// As [`Post::send`], by what shows bytes moving where there is such a thing:
    /// in pages always, and elsewhere where somebody wants to be told.
    ///
    /// # Errors
    ///
    /// As [`Post::send`]; `stalled`, and `file_unreadable` where we read the file.
    pub fn upload(self, progress: Option<&'a Progress>) -> Running<'a, Answer> {
        if self.call.fetch.is_undefined() && has_xhr() {
            return self.by(true, progress);
        }
        let Some(progress) = progress else {
            return self.send();
        };
        #[cfg(feature = "secret")]
        if stream::is_here() {
            return Box::pin(stream::send(self, Some(progress)));
        }
        progress.moved(0.0, self.body.size());
        Box::pin(async move {
            let answer = self.send().await?;
            progress.gone();
            Ok(answer)
        })
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

    /// Sends it by `fetch`, or by `XMLHttpRequest` with whom that tells.
    fn by(self, xhr: bool, progress: Option<&'a Progress>) -> Running<'a, Answer> {
        Box::pin(async move {
            let gate = Gate::new(self.stage, self.call);
            gate.check()?;
            let sent = if xhr {
                self.begin_xhr(&gate, progress)
            } else {
                self.begin_fetch(&gate)
            };
            let answered = sent.map_err(|cause| self.impossible(cause))?;
            self.answered(&gate, &answered).await
        })
    }

    /// A stall limit that each byte renews until the last one has gone, and then
    /// the limit of the answer.
    fn begin_xhr(&self, gate: &Gate, progress: Option<&Progress>) -> Result<JsValue, JsValue> {
        let Call { stall, answer, .. } = *self.call;
        gate.begin(Deadline::Stall, stall);
        let body = self.body.value()?;
        by_xhr(
            self.url,
            &self.headers,
            &body,
            gate.bar(),
            stall,
            answer,
            progress,
        )
    }

    /// Fetch shows no byte moving: one bound stands in for the two limits.
    fn begin_fetch(&self, gate: &Gate) -> Result<JsValue, JsValue> {
        let size = self.body.size();
        let sending = if size > 0.0 {
            self.call.stall + size / SLOWEST
        } else {
            0.0
        };
        gate.begin(Deadline::Answer, sending + self.call.answer);
        let request = self.build(gate, &self.body.value()?)?;
        Ok(self.fetch(&request, &JsValue::UNDEFINED))
    }

    /// Hands a request to `fetch`, with `init` beside it, and gives what promises
    /// the answer.
    pub fn fetch(&self, request: &JsValue, init: &JsValue) -> JsValue {
        by_fetch(&self.call.fetch, request, init)
    }

    /// A request for `fetch`.
    ///
    /// # Errors
    ///
    /// What the platform throws.
    pub fn build(&self, gate: &Gate, body: &JsValue) -> Result<JsValue, JsValue> {
        request(self.url, &self.headers, body, &gate.signal())
    }

    /// Waits for the answer, and reads it.
    ///
    /// # Errors
    ///
    /// As [`Post::send`].
    pub async fn answered(&self, gate: &Gate, answered: &JsValue) -> Result<Answer, Failure> {
        let missing = || no_answer(self.stage);
        let raw = gate.settled(answered).await?;
        let raw = raw.map_err(|cause| missing().caused_by(cause))?;
        let answer = Answer::read(self.stage, &raw).ok_or_else(missing)?;
        Ok(answer?)
    }

    /// The failure of a request that the platform does not make.
    #[must_use]
    pub fn impossible(&self, cause: JsValue) -> Error {
        let words = ["the request could not be made"];
        Error::new(self.stage, Code::InvalidArgument, &words).caused_by(cause)
    }
}

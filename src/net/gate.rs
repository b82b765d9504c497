//! What ends a wait early: the caller's signal, and the deadlines.

use wasm_bindgen::prelude::*;

use super::call::Call;
use crate::error::{Code, Error, Failure, Stage};
use crate::task::{Running, Settled};

#[wasm_bindgen(module = "/pkg/platform/gate.js")]
extern "C" {
    /// The gate itself: its promise, its timers and its listeners.
    pub type Bar;
    fn gate(signal: &JsValue, ends_at: Option<f64>) -> Bar;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &Bar) -> JsValue;
    #[wasm_bindgen(method)]
    fn begin(this: &Bar, number: u32, milliseconds: f64);
    #[wasm_bindgen(method, js_name = awaitOnline)]
    fn await_online(this: &Bar);
    #[wasm_bindgen(method)]
    fn race(this: &Bar, work: &JsValue) -> JsValue;
    #[wasm_bindgen(method)]
    fn why(this: &Bar) -> u32;
    #[wasm_bindgen(method)]
    fn reason(this: &Bar) -> JsValue;
    #[wasm_bindgen(method)]
    fn leave(this: &Bar);

    #[wasm_bindgen(js_name = isOffline)]
    pub fn is_offline() -> bool;
}

/// A limit on waiting, by the number that closes the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// None: a pause that is over.
    Pause = 1,
    /// No byte has moved, until the last one has gone.
    Stall = 3,
    /// No answer, after the last byte.
    Answer = 4,
}

/// The number of the caller's signal.
const ABORTED: u32 = 2;

/// Guards one attempt or one pause. When it closes, the request that its own
/// signal was given to ends; when it goes, so do its timers and its listeners.
pub struct Gate {
    stage: Stage,
    bar: Bar,
}

impl Gate {
    /// A gate that the caller's signal closes, or the end of the call when that
    /// has come.
    #[must_use]
    #[inline(never)]
    pub fn new(stage: Stage, call: &Call) -> Self {
        let bar = gate(&call.signal, call.ends_at);
        Self { stage, bar }
    }

    /// As JavaScript has it.
    #[must_use]
    pub const fn bar(&self) -> &Bar {
        &self.bar
    }

    /// Starts a phase that may take so many milliseconds, in place of the last.
    #[inline(never)]
    pub fn begin(&self, deadline: Deadline, milliseconds: f64) {
        self.bar.begin(deadline as u32, milliseconds);
    }

    /// The signal for a request that is to end if this gate closes before.
    #[must_use]
    pub fn signal(&self) -> JsValue {
        self.bar.signal()
    }

    /// Passes unless the gate is closed.
    ///
    /// # Errors
    ///
    /// The signal's own reason, or the deadline's code.
    #[inline(never)]
    pub fn check(&self) -> Result<(), Failure> {
        let (code, words) = match self.bar.why() {
            0 | 1 => return Ok(()),
            ABORTED => return Err(Failure::Theirs(self.bar.reason())),
            3 => (Code::Stalled, "no byte moved for too long"),
            4 => (Code::AnswerTimeout, "the answer took too long"),
            _ => (Code::Timeout, "the call took too long"),
        };
        let error = Error::new(self.stage, code, &[words]);
        Err(error.retryable(code != Code::Timeout).into())
    }

    /// Waits until `work` is settled, unless the gate closes before.
    ///
    /// # Errors
    ///
    /// As [`Gate::check`].
    pub fn settled(&self, work: &JsValue) -> Running<'_, Result<JsValue, JsValue>> {
        let first = Settled::of(&self.bar.race(work));
        Box::pin(async move {
            let first = first.await;
            self.check().map(|()| first)
        })
    }

    /// Pauses.
    ///
    /// # Errors
    ///
    /// As [`Gate::check`].
    pub async fn pause(&self, milliseconds: f64) -> Result<(), Failure> {
        self.begin(Deadline::Pause, milliseconds);
        self.settled(&JsValue::UNDEFINED).await.map(drop)
    }

    /// Waits until the platform is online.
    ///
    /// # Errors
    ///
    /// As [`Gate::check`].
    pub async fn online(&self) -> Result<(), Failure> {
        self.bar.await_online();
        self.settled(&JsValue::UNDEFINED).await.map(drop)
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.bar.leave();
    }
}

/// The failure of a request that was sent and not answered.
#[must_use]
#[inline(never)]
pub fn no_answer(stage: Stage) -> Error {
    Error::new(stage, Code::Network, &["there was no answer"]).retryable(true)
}

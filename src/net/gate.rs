//! What ends a wait early: the caller's signal, and the deadlines.

use wasm_bindgen::prelude::*;

use super::answer;
use crate::error::{Code, Failure};
use crate::future::{Running, Settled};
use crate::js;
use crate::work::Work;

#[wasm_bindgen(module = "/pkg/platform/gate.js")]
extern "C" {
    /// The gate itself: its promise, its timers and its listeners.
    type Bar;
    fn gate(signal: &JsValue, ends_at: &JsValue) -> Bar;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &Bar) -> JsValue;
    #[wasm_bindgen(method)]
    fn begin(this: &Bar, number: u32, milliseconds: f64);
    #[wasm_bindgen(method)]
    fn race(this: &Bar, work: &JsValue) -> JsValue;
    /// Throws the signal's reason; else what there is in place of an outcome, if the gate is closed.
    #[wasm_bindgen(method, catch)]
    fn late(this: &Bar) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn leave(this: &Bar);
}

/// Guards a wait. When it closes, the request that its own signal was given to ends; when it goes, so
/// do its timers and its listeners.
pub struct Gate {
    work: Work,
    bar: Bar,
}

impl Gate {
    /// A gate that the caller's signal closes, or the end of the call when that
    /// has come.
    #[must_use]
    pub fn new(work: &Work) -> Self {
        let bar = gate(&js::get(work, "signal"), &js::get(work, "endsAt"));
        let work = work.clone();
        Self { work, bar }
    }

    /// Starts a phase with the limit that a byte may take to move.
    pub fn begin_stall(&self) {
        let limit = js::number(&self.work, "stallTimeout");
        self.bar.begin(Code::Stalled as u32, limit);
    }

    /// Starts a phase with the limit of the answer, in place of the last.
    pub fn begin_answer(&self, usual: f64) {
        let limit = js::number(&self.work, "answerTimeout");
        let limit = if limit.is_nan() { usual } else { limit };
        self.bar.begin(Code::AnswerTimeout as u32, limit);
    }

    /// The signal for a request that is to end if this gate closes before.
    #[must_use]
    pub fn signal(&self) -> JsValue {
        self.bar.signal()
    }

    /// What there is in place of an outcome, if the gate is closed.
    ///
    /// # Errors
    ///
    /// The signal's own reason.
    pub fn late(&self) -> Result<JsValue, Failure> {
        self.bar.late().map_err(Failure::Theirs)
    }

    /// What comes of a request whose answer is promised, unless the gate closes before.
    ///
    /// # Errors
    ///
    /// The signal's own reason.
    pub async fn outcome(&self, answered: &JsValue) -> Result<JsValue, Failure> {
        let first = Settled::of(&self.bar.race(answered)).await;
        let late = self.late()?;
        if late.is_undefined() {
            return first.map_err(Failure::Theirs);
        }
        Ok(late)
    }

    /// Passes unless the gate is closed.
    ///
    /// # Errors
    ///
    /// The signal's own reason, or the deadline's code.
    pub fn check(&self) -> Result<(), Failure> {
        let late = self.late()?;
        match answer::missing(&self.work, None, &late) {
            Some(_) => Err(Failure::of(js::get(&self.work, "error"))),
            None => Ok(()),
        }
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
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.bar.leave();
    }
}

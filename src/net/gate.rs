//! What ends a wait early: the caller's signal, and the deadlines.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::abort;
use super::call::Call;
use crate::error::{Code, Error, Failure, Stage};

// A handle is a number in browsers and an object in Node.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &Function, milliseconds: f64, argument: &str) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(handle: &JsValue);
}

/// A limit on waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// No byte has moved, until the last one has gone.
    Stall,
    /// No answer, after the last byte.
    Answer,
    /// The call as a whole.
    Total,
}

impl Deadline {
    const fn code(self) -> Code {
        match self {
            Self::Stall => Code::Stalled,
            Self::Answer => Code::AnswerTimeout,
            Self::Total => Code::Timeout,
        }
    }

    /// What the promise of a gate resolves with, which no answer equals.
    const fn mark(self) -> &'static str {
        match self {
            Self::Stall => "divar-chat-media: stall",
            Self::Answer => "divar-chat-media: answer",
            Self::Total => "divar-chat-media: total",
        }
    }

    fn of(value: &JsValue) -> Option<Self> {
        let mark = value.as_string()?;
        [Self::Stall, Self::Answer, Self::Total]
            .into_iter()
            .find(|deadline| deadline.mark() == mark)
    }
}

/// The part of a request under way, and the timer of its limit.
pub struct Phase {
    end: Function,
    timer: RefCell<Option<JsValue>>,
}

impl Phase {
    /// Starts a phase that may take so many milliseconds, in place of the last.
    pub fn begin(&self, deadline: Deadline, milliseconds: f64) {
        let timer = set_timeout(&self.end, milliseconds, deadline.mark());
        self.clear(Some(timer));
    }

    fn clear(&self, next: Option<JsValue>) {
        if let Some(timer) = self.timer.replace(next) {
            clear_timeout(&timer);
        }
    }
}

/// Guards one attempt or one pause. When it closes, the request that its own
/// signal was given to ends; when it goes, so do its timers and its listener.
///
/// Timers and listener call the same function, the one that resolves a promise:
/// no closure of Rust's is kept anywhere.
pub struct Gate {
    stage: Stage,
    signal: Option<AbortSignal>,
    stop: Option<AbortController>,
    ended: Promise,
    phase: Rc<Phase>,
    total: Option<JsValue>,
}

impl Gate {
    /// A gate that the caller's signal closes, or the end of the call when that
    /// has come.
    #[must_use]
    pub fn new(stage: Stage, call: &Call) -> Self {
        let signal = call.signal.as_ref();
        let mut end = JsValue::UNDEFINED;
        let ended = Promise::new(&mut |resolve, _| end = resolve.into());
        let end: Function = end.unchecked_into();
        if let Some(signal) = signal {
            // Only throws for what is no AbortSignal, which the options refuse.
            let _ = signal.add_event_listener_with_callback("abort", &end);
        }
        if abort::check(signal).is_err() {
            let _ = end.call0(&JsValue::UNDEFINED);
        }
        let total = call.ends_at.map(|at| {
            let left = (at - js_sys::Date::now()).max(0.0);
            set_timeout(&end, left, Deadline::Total.mark())
        });
        Self {
            stage,
            signal: signal.cloned(),
            stop: AbortController::new().ok(),
            ended,
            phase: Rc::new(Phase {
                end,
                timer: RefCell::new(None),
            }),
            total,
        }
    }

    /// The phases of what is guarded, to be begun from wherever bytes are seen
    /// to move.
    #[must_use]
    pub fn phase(&self) -> &Rc<Phase> {
        &self.phase
    }

    /// The signal for a request that is to end if this gate closes before.
    #[must_use]
    pub fn signal(&self) -> Option<AbortSignal> {
        self.stop.as_ref().map(AbortController::signal)
    }

    /// Waits until `work` is settled, unless the gate closes before.
    ///
    /// # Errors
    ///
    /// The signal's own reason, or the deadline's code.
    pub async fn settled(&self, work: Promise) -> Result<Result<JsValue, JsValue>, Failure> {
        let first = Promise::race(&Array::of2(&work, &self.ended));
        let first = JsFuture::from(first).await;
        let closed = abort::check(self.signal.as_ref()).and_then(|()| {
            match first.as_ref().ok().and_then(Deadline::of) {
                None => Ok(()),
                Some(deadline) => Err(self.late(deadline).into()),
            }
        });
        if let (Err(_), Some(stop)) = (&closed, &self.stop) {
            stop.abort();
        }
        closed.map(|()| first)
    }

    /// Waits for the answer that `work` gives, unless the gate closes before.
    ///
    /// # Errors
    ///
    /// As [`Gate::settled`]; `network`, with the cause, where `work` is rejected.
    pub async fn wait(&self, work: Promise) -> Result<JsValue, Failure> {
        let outcome = self.settled(work).await?;
        outcome.map_err(|cause| no_answer(self.stage).caused_by(cause).into())
    }

    /// Pauses.
    ///
    /// # Errors
    ///
    /// As [`Gate::wait`].
    pub async fn pause(&self, milliseconds: f64) -> Result<(), Failure> {
        let mut timer = None;
        let over = Promise::new(&mut |resolve, _| {
            timer = Some(set_timeout(&resolve, milliseconds, ""));
        });
        let outcome = self.wait(over).await;
        if let Some(timer) = timer {
            clear_timeout(&timer);
        }
        outcome.map(drop)
    }

    fn late(&self, deadline: Deadline) -> Error {
        let words: &[&str] = match deadline {
            Deadline::Stall => &["no byte moved for too long"],
            Deadline::Answer => &["the answer took too long"],
            Deadline::Total => &["the call took too long"],
        };
        Error::new(self.stage, deadline.code(), words).retryable(deadline != Deadline::Total)
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.phase.clear(None);
        if let Some(handle) = self.total.take() {
            clear_timeout(&handle);
        }
        if let Some(signal) = &self.signal {
            let _ = signal.remove_event_listener_with_callback("abort", &self.phase.end);
        }
    }
}

/// The failure of a request that was sent and not answered.
#[must_use]
pub fn no_answer(stage: Stage) -> Error {
    Error::new(stage, Code::Network, &["there was no answer"]).retryable(true)
}

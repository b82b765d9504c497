//! What ends a wait before its result arrives: the caller's signal and the limits on waiting.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Timeout;
use js_sys::{Array, Date, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, DomException};

use super::duration::duration_from_ms;
use super::request::CallSettings;
use super::signal::Subscription;
use crate::error::{Code, Error, Failure, Stage};

/// The longest that a browser's timer runs; a larger number would fire at once.
const LONGEST_TIMER_MS: u32 = i32::MAX as u32;

/// A limit on waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// No byte moved.
    Stall,
    /// No answer arrived.
    Answer,
    /// The whole call.
    Call,
}

impl Limit {
    /// The error of a wait that this limit ended. The call's own limit leaves no time to try again.
    fn error(self, stage: Stage) -> Error {
        let (code, message) = match self {
            Self::Stall => (Code::Stalled, "no byte moved for too long"),
            Self::Answer => (Code::AnswerTimeout, "the answer took too long"),
            Self::Call => (Code::Timeout, "the call took too long"),
        };
        let mut error = Error::new(stage, code, message);
        error.retryable = self != Self::Call;
        error
    }
}

/// Guards a wait by the caller's signal and by limits. Where one of them ends it, the request that got
/// [`Deadline::signal`] is aborted. Dropping it clears the timers and listeners, and aborts what has
/// not settled.
pub struct Deadline {
    stage: Stage,
    shared: Rc<Shared>,
    phase: RefCell<Option<Timeout>>,
    _call: Option<Timeout>,
    _subscription: Option<Subscription>,
}

struct Shared {
    caller: Option<AbortSignal>,
    expired: Cell<Option<Limit>>,
    /// Made on demand, since that takes time.
    controller: OnceCell<AbortController>,
    /// Settles when the wait ends early, or at the latest when the guard is dropped: a `JsFuture` whose
    /// promise never settles is never freed.
    ended: Promise,
    end: Option<Function>,
    is_waiting: Cell<bool>,
}

impl Deadline {
    /// A guard under the caller's signal and the end of the call.
    ///
    /// # Errors
    ///
    /// The signal's own reason if it has fired, `timeout` if the call's time is over.
    pub fn new(stage: Stage, call: &CallSettings) -> Result<Self, Failure> {
        let shared = Rc::new(Shared::new(call.signal.clone()));
        let guard = Self {
            stage,
            phase: RefCell::default(),
            _call: call.ends_at.map(|ends_at| {
                let left = duration_from_ms(ends_at - Date::now());
                expire_after(&shared, left, Limit::Call)
            }),
            _subscription: call
                .signal
                .as_ref()
                .map(|signal| subscribe(signal, &shared, stage))
                .transpose()?,
            shared,
        };
        if call.ends_at.is_some_and(|ends_at| ends_at <= Date::now()) {
            guard.shared.expire(Limit::Call);
        }
        guard.check()?;
        Ok(guard)
    }

    /// Begins a phase that may take this long; it replaces the phase before.
    pub fn start(&self, limit: Limit, duration: Duration) {
        let timeout = expire_after(&self.shared, duration, limit);
        self.phase.replace(Some(timeout));
    }

    /// The signal for a request that is to end with this guard.
    #[must_use]
    pub fn signal(&self) -> Option<AbortSignal> {
        if self.shared.controller.get().is_none() {
            let _ = self.shared.controller.set(AbortController::new().ok()?);
        }
        self.shared.controller.get().map(AbortController::signal)
    }

    /// Waits for a promise. The inner result is the promise's own.
    ///
    /// # Errors
    ///
    /// The signal's own reason, or the error of the limit that ended the wait.
    pub async fn wait_for(&self, promise: &Promise) -> Result<Result<JsValue, JsValue>, Failure> {
        self.check()?;
        self.shared.is_waiting.set(true);
        let first = Promise::race(&Array::of2(promise, &self.shared.ended));
        let outcome = JsFuture::from(first).await;
        self.check()?;
        self.shared.is_waiting.set(false);
        Ok(outcome)
    }

    /// Waits until a phase that was begun is over, as a pause is.
    ///
    /// # Errors
    ///
    /// As [`Deadline::wait_for`].
    pub async fn pause(&self, duration: Duration) -> Result<(), Failure> {
        let pause = Promise::new(&mut |resolve, _| {
            let timeout = Timeout::new(millis(duration), move || {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            });
            self.phase.replace(Some(timeout));
        });
        self.wait_for(&pause).await.map(drop)
    }

    /// Aborts the request that got [`Deadline::signal`].
    pub fn abort(&self) {
        self.shared.abort();
    }

    /// Passes unless the wait was ended.
    fn check(&self) -> Result<(), Failure> {
        if let Some(signal) = self
            .shared
            .caller
            .as_ref()
            .filter(|signal| signal.aborted())
        {
            self.shared.abort();
            return Err(Failure::Thrown(reason(signal)));
        }
        match self.shared.expired.get() {
            Some(limit) => Err(limit.error(self.stage).into()),
            None => Ok(()),
        }
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        if self.shared.is_waiting.get() {
            self.shared.abort();
        }
        self.shared.settle();
    }
}

impl Shared {
    fn new(caller: Option<AbortSignal>) -> Self {
        let mut end = None;
        let ended = Promise::new(&mut |resolve, _| end = Some(resolve));
        Self {
            caller,
            expired: Cell::new(None),
            controller: OnceCell::new(),
            ended,
            end,
            is_waiting: Cell::new(false),
        }
    }

    /// Notes the first limit that ended the wait.
    fn expire(&self, limit: Limit) {
        if self.expired.get().is_none() {
            self.expired.set(Some(limit));
        }
        self.abort();
        self.settle();
    }

    fn abort(&self) {
        if let Some(controller) = self.controller.get() {
            controller.abort();
        }
    }

    fn settle(&self) {
        if let Some(end) = &self.end {
            let _ = end.call0(&JsValue::UNDEFINED);
        }
    }
}

fn subscribe(
    signal: &AbortSignal,
    shared: &Rc<Shared>,
    stage: Stage,
) -> Result<Subscription, Failure> {
    let shared = Rc::clone(shared);
    let on_abort = Rc::new(move || {
        shared.abort();
        shared.settle();
    });
    Subscription::new(signal, on_abort).map_err(|cause| {
        let error = Error::invalid_argument(stage, "signal must be an AbortSignal");
        error.with_cause(cause).into()
    })
}

fn expire_after(shared: &Rc<Shared>, duration: Duration, limit: Limit) -> Timeout {
    let shared = Rc::clone(shared);
    Timeout::new(millis(duration), move || shared.expire(limit))
}

fn millis(duration: Duration) -> u32 {
    let millis = u32::try_from(duration.as_millis()).unwrap_or(LONGEST_TIMER_MS);
    millis.min(LONGEST_TIMER_MS)
}

/// The reason of a signal that has fired. Chrome before 98 has none.
fn reason(signal: &AbortSignal) -> JsValue {
    let reason = signal.reason();
    if !reason.is_undefined() {
        return reason;
    }
    DomException::new_with_message_and_name("aborted", "AbortError")
        .map_or(JsValue::UNDEFINED, JsValue::from)
}

//! Running what waits, on the secret side: streams that are fed, and the handler.
//!
//! A call is one future, which JavaScript gives a turn after each promise that it
//! waits for. There is one queue, JavaScript's own, and no waker: that is a third
//! of the code that an executor of Rust's would be.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::error::Failure;

/// A step on its way: in a box, so that it is compiled once, wherever it is
/// waited for.
pub type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + 'a>>;

/// A call on its way.
#[wasm_bindgen(skip_typescript)]
pub struct Turns(Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>);

#[wasm_bindgen(module = "/pkg/platform/future.js")]
extern "C" {
    fn drive(future: Turns) -> Promise;

    type Watch;
    fn watch(promise: &JsValue) -> Watch;
    #[wasm_bindgen(method, getter)]
    fn state(this: &Watch) -> u32;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Watch) -> JsValue;
}

#[wasm_bindgen]
impl Turns {
    /// Goes on as far as it can; undefined means that it is not over.
    ///
    /// # Errors
    ///
    /// How the call ends, if not well.
    pub fn turn(&mut self) -> Result<JsValue, JsValue> {
        let mut context = Context::from_waker(Waker::noop());
        match self.0.as_mut().poll(&mut context) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => Ok(JsValue::UNDEFINED),
        }
    }
}

/// Runs a call, whose good end is never undefined.
pub fn run(call: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    drive(Turns(Box::pin(call)))
}

/// What a promise comes to, or a value that is none.
pub struct Settled(Watch);

impl Settled {
    /// Begins to look.
    #[must_use]
    pub fn of(promise: &JsValue) -> Self {
        Self(watch(promise))
    }
}

impl Future for Settled {
    type Output = Result<JsValue, JsValue>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        match self.0.state() {
            0 => Poll::Pending,
            1 => Poll::Ready(Ok(self.0.value())),
            _ => Poll::Ready(Err(self.0.value())),
        }
    }
}

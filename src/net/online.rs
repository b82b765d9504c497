//! Whether the platform says that there is no network at all, and waiting for
//! that to end.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, EventTarget};

use super::gate::Gate;
use crate::error::{Failure, Stage};
use crate::js;

/// What to do with a request while the platform is offline.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WhenOffline {
    /// Try all the same: a server on this machine may answer.
    Try,
    /// Wait until the platform is online again.
    Wait,
}

/// Whether the platform says so; servers and edge runtimes never do.
pub fn is_offline() -> bool {
    js::get(&js_sys::global(), "navigator")
        .and_then(|navigator| js::get(&navigator, "onLine"))
        .is_ok_and(|online| online == false)
}

/// Waits, where the caller wants that, until the platform is not offline.
///
/// # Errors
///
/// As [`Gate::wait`].
pub async fn wait(
    when_offline: WhenOffline,
    stage: Stage,
    signal: Option<&AbortSignal>,
    ends_at: Option<f64>,
) -> Result<(), Failure> {
    while when_offline == WhenOffline::Wait && is_offline() {
        let listener = Listener::new();
        let gate = Gate::new(stage, signal, ends_at);
        gate.wait(listener.heard.clone()).await?;
    }
    Ok(())
}

/// Hears the event `online`, and is taken away when it goes.
struct Listener {
    target: EventTarget,
    resolve: Function,
    heard: Promise,
}

impl Listener {
    fn new() -> Self {
        let mut resolve = JsValue::UNDEFINED;
        let heard = Promise::new(&mut |done, _| resolve = done.into());
        let listener = Self {
            target: js_sys::global().unchecked_into(),
            resolve: resolve.unchecked_into(),
            heard,
        };
        let _ = listener
            .target
            .add_event_listener_with_callback("online", &listener.resolve);
        listener
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback("online", &self.resolve);
    }
}

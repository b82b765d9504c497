//! Whether the platform says that there is no network at all, and waiting for
//! that to end.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

use super::call::Call;
use super::gate::Gate;
use crate::error::{Failure, Stage};
use crate::js;

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
pub async fn wait(stage: Stage, call: &Call) -> Result<(), Failure> {
    while call.waits_online && is_offline() {
        let listener = Listener::new();
        let gate = Gate::new(stage, call);
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

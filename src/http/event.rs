//! Event listeners that are removed when they are dropped.

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// A listener. gloo-events has the same and panics where `addEventListener` throws, which a caller's
/// object can do.
pub struct EventListener {
    target: EventTarget,
    kind: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl EventListener {
    /// Listens until it is dropped.
    ///
    /// # Errors
    ///
    /// What `addEventListener` throws.
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        callback: impl FnMut() + 'static,
    ) -> Result<Self, JsValue> {
        let callback = Closure::<dyn FnMut()>::new(callback);
        target.add_event_listener_with_callback(kind, callback.as_ref().unchecked_ref())?;
        Ok(Self {
            target: target.clone(),
            kind,
            callback,
        })
    }
}

impl Drop for EventListener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.kind, callback);
    }
}

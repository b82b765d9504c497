//! Waiting for the network.

use js_sys::Promise;
use wasm_bindgen::JsValue;

use super::deadline::Deadline;
use super::event::EventListener;
use super::request::CallSettings;
use crate::error::{Failure, Stage};
use crate::platform;

/// Waits until the platform says that it is online, if the caller wants that.
///
/// # Errors
///
/// The signal's own reason, or `timeout`.
pub async fn wait_until_online(stage: Stage, call: &CallSettings) -> Result<(), Failure> {
    while call.is_waiting_for_network() {
        let deadline = Deadline::new(stage, call)?;
        let mut listener = None;
        let online = Promise::new(&mut |resolve, _| {
            listener = EventListener::new(&platform::events(), "online", move || {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            })
            .ok();
        });
        let _ = deadline.wait_for(&online).await?;
        drop(listener);
    }
    Ok(())
}

//! What holds for all requests of one call.

use wasm_bindgen::JsValue;

/// How long a call may wait, until when, and by what it is sent.
#[derive(Clone)]
pub struct Call {
    /// How long one attempt may wait while no byte moves, until the last one has
    /// gone; in milliseconds.
    pub stall: f64,
    /// How long one attempt may wait for the answer, after the last byte; in
    /// milliseconds.
    pub answer: f64,
    /// When the call as a whole must end, in milliseconds since 1970.
    pub ends_at: Option<f64>,
    /// Whether to wait while the platform is offline, or to try all the same.
    pub waits_online: bool,
    /// The caller's signal, or undefined.
    pub signal: JsValue,
    /// What stands for the platform's own `fetch`, or undefined.
    pub fetch: JsValue,
}

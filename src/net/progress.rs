//! Telling how far an upload is.

use std::cell::Cell;

use js_sys::{Date, Function};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::js;

/// The least time between two calls, in milliseconds.
const PACE: f64 = 100.0;

/// What the caller's function gets.
#[derive(Serialize)]
struct Report {
    loaded: f64,
    total: f64,
    phase: &'static str,
}

/// Tells the caller's function of the bytes of the file that have gone. It
/// outlives a try: what has been told is not taken back when the next begins.
pub struct Progress {
    tell: Function,
    total: f64,
    told: Cell<f64>,
    told_at: Cell<f64>,
    over: Cell<bool>,
}

impl Progress {
    /// Progress of a file of `total` bytes.
    #[must_use]
    pub fn new(tell: Function, total: f64) -> Self {
        Self {
            tell,
            total,
            told: Cell::new(-1.0),
            told_at: Cell::new(0.0),
            over: Cell::new(false),
        }
    }

    /// So many bytes of a body of `of` bytes have gone. The body is a little
    /// larger than the file, by the form around it.
    pub fn moved(&self, bytes: f64, of: f64) {
        let share = if of > 0.0 {
            (bytes / of).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let loaded = (share * self.total).floor();
        let now = Date::now();
        if loaded > self.told.get() && now - self.told_at.get() >= PACE {
            self.told_at.set(now);
            self.report(loaded, "uploading");
        }
    }

    /// The last byte has gone; the server works. Told once.
    pub fn gone(&self) {
        if !self.over.replace(true) {
            self.report(self.total, "processing");
        }
    }

    fn report(&self, loaded: f64, phase: &'static str) {
        self.told.set(loaded);
        let report = Report {
            loaded,
            total: self.total,
            phase,
        };
        if let Ok(report) = js::plain(&report) {
            // What the caller's function throws must not end the upload.
            let _ = self.tell.call1(&JsValue::UNDEFINED, &report);
        }
    }
}

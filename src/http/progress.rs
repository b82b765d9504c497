//! How much of a file was sent, for the caller.

use std::cell::Cell;

use js_sys::{Array, Date, Function};
use serde::Serialize;

use crate::callback;
use crate::plain_data;

/// The least time between two reports, in milliseconds.
const INTERVAL_MS: f64 = 100.0;

/// Reports to the caller's `onProgress`. It outlives a try: what was reported is not taken back when
/// the next begins.
pub struct Progress {
    callback: Function,
    total: u64,
    reported: Cell<Option<u64>>,
    reported_at: Cell<f64>,
    is_sent: Cell<bool>,
}

/// What `onProgress` gets.
#[derive(Serialize)]
struct Report {
    /// Bytes; a file is far smaller than the integers that JavaScript keeps exact.
    loaded: f64,
    total: f64,
    phase: &'static str,
}

impl Progress {
    /// Of a file of `total` bytes.
    #[must_use]
    pub const fn new(callback: Function, total: u64) -> Self {
        Self {
            callback,
            total,
            reported: Cell::new(None),
            reported_at: Cell::new(0.0),
            is_sent: Cell::new(false),
        }
    }

    /// Reports that `bytes` bytes of the file were sent.
    pub fn moved(&self, bytes: u64) {
        let (now, loaded) = (Date::now(), bytes.min(self.total));
        let is_more = self.reported.get().is_none_or(|reported| loaded > reported);
        if is_more && now - self.reported_at.get() >= INTERVAL_MS {
            self.reported_at.set(now);
            self.report(loaded, "uploading");
        }
    }

    /// The same for a body, which is a little longer than the file where a form surrounds it.
    pub fn moved_share(&self, loaded: f64, total: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a file's size is exact in f64; the cast saturates"
        )]
        let bytes = (loaded / total * self.total as f64) as u64;
        self.moved(bytes);
    }

    /// Reports, once, that the last byte was sent and the server works.
    pub fn sent(&self) {
        if !self.is_sent.replace(true) {
            self.report(self.total, "processing");
        }
    }

    fn report(&self, loaded: u64, phase: &'static str) {
        self.reported.set(Some(loaded));
        #[expect(clippy::cast_precision_loss, reason = "a file's size is exact in f64")]
        let report = Report {
            loaded: loaded as f64,
            total: self.total as f64,
            phase,
        };
        callback::notify(&self.callback, &Array::of1(&plain_data::to_js(&report)));
    }
}

//! What is sent, and under which limits.

use std::time::Duration;

use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use super::body::Body;
use crate::error::{Error, Failure, Stage};
use crate::platform;

/// Bytes a second that the slowest link is assumed to carry. Where bytes cannot be seen to move, the
/// time that they may take is estimated by it.
const SLOWEST_BYTES_PER_SECOND: u64 = 16_000;

/// Names and values; the values were checked.
pub type Headers = Vec<(String, String)>;

/// What holds for every request of a call.
#[derive(Clone, Debug)]
pub struct CallSettings {
    /// The longest time without a byte moving.
    pub stall_timeout: Duration,
    /// The longest wait for an answer after the last byte was sent.
    pub answer_timeout: Duration,
    /// When the call must be over, in milliseconds since 1970.
    pub ends_at: Option<f64>,
    /// Whether to wait while the platform says that it is offline, rather than to try.
    pub waits_for_network: bool,
    /// The caller's signal.
    pub signal: Option<AbortSignal>,
    /// The caller's own `fetch`.
    pub fetch: Option<Function>,
}

impl CallSettings {
    /// Whether the call has to wait for the network now.
    #[must_use]
    pub fn is_waiting_for_network(&self) -> bool {
        self.waits_for_network && platform::is_offline()
    }

    /// The longest wait for the answer to an upload of `bytes` bytes. Bytes that the socket took are not
    /// bytes that arrived: a proxy may take all at once and pass them on slowly.
    #[must_use]
    pub fn upload_answer_timeout(&self, bytes: u64) -> Duration {
        self.answer_timeout + sending_time(bytes)
    }

    /// The longest time for a whole upload whose bytes cannot be seen to move.
    #[must_use]
    pub fn unseen_upload_timeout(&self, bytes: u64) -> Duration {
        self.stall_timeout + self.upload_answer_timeout(bytes)
    }
}

fn sending_time(bytes: u64) -> Duration {
    Duration::from_millis(bytes.saturating_mul(1000) / SLOWEST_BYTES_PER_SECOND)
}

/// Whether a redirect may be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirects {
    /// Never: a redirect could carry the key or a token to another host, since `fetch` drops no header
    /// but `Authorization` on the way.
    Refused,
    /// Within the page's own origin: frameworks redirect `POST /token` to `POST /token/`.
    WithinOrigin,
}

/// A `POST`, which is all that Divar's routes take, without its body.
pub struct RequestHead {
    /// The step it belongs to.
    pub stage: Stage,
    /// Where it is sent.
    pub url: String,
    /// What it carries beside the body.
    pub headers: Headers,
    /// Whether a redirect may be followed.
    pub redirects: Redirects,
}

impl RequestHead {
    /// The error of a request that the platform does not make.
    #[must_use]
    pub fn impossible(&self, cause: JsValue) -> Failure {
        let error = Error::invalid_argument(self.stage, "the request could not be made");
        error.with_cause(cause).into()
    }
}

/// A request with its body.
pub struct Request {
    /// All but the body.
    pub head: RequestHead,
    /// What it carries.
    pub body: Body,
}

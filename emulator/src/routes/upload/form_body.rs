//! The body of a form, as multer reads it.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame};

use crate::connection::request_body::RequestBody;

/// Bytes of a form outside of its file: before it, and after it.
pub const MAX_OVERHEAD: u64 = 16_384;

/// Bytes that a form may still have before its next part has begun; shared with the reader of the
/// form, which knows when that is.
#[derive(Clone)]
pub struct HeadLimit(Arc<AtomicU64>);

impl HeadLimit {
    /// The limit before a part.
    pub fn new() -> Self {
        Self(Arc::new(AtomicU64::new(MAX_OVERHEAD)))
    }

    /// Sets the limit before a part.
    pub fn start(&self) {
        self.0.store(MAX_OVERHEAD, Ordering::Relaxed);
    }

    /// Lifts the limit inside of a part, whose content is not kept in memory.
    pub fn lift(&self) {
        self.0.store(u64::MAX, Ordering::Relaxed);
    }

    /// Counts bytes that were read; `false` when none were left.
    fn count(&self, bytes: u64) -> bool {
        let left = self.0.load(Ordering::Relaxed);
        if left != u64::MAX {
            self.0.store(left.saturating_sub(bytes), Ordering::Relaxed);
        }
        left > 0
    }
}

/// Gives multer one piece at a time, since it reads all that there is into memory; and ends the form
/// when the head of a part, which multer does not limit, is too large.
pub struct FormBody {
    body: RequestBody,
    limit: HeadLimit,
    pause: bool,
}

impl FormBody {
    /// Reads `body` as far as `limit` allows.
    pub fn new(body: RequestBody, limit: HeadLimit) -> Self {
        Self {
            body,
            limit,
            pause: false,
        }
    }
}

impl Body for FormBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if std::mem::take(&mut self.pause) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
            return Poll::Pending;
        };
        if let Some(Ok(frame)) = &frame {
            self.pause = true;
            let bytes = frame.data_ref().map_or(0, Bytes::len) as u64;
            if !self.limit.count(bytes) {
                let why = format!("the form has more than {MAX_OVERHEAD} bytes before its file");
                return Poll::Ready(Some(Err(axum::Error::new(why))));
            }
        }
        Poll::Ready(frame)
    }
}

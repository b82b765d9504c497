//! A request body: counted, and cut at a byte by a fault.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};
use http_body_util::BodyExt;
use tokio::time::{Instant, Interval, interval, timeout};

use crate::{
    connection::socket::Connection,
    faults::action::{FaultAction, MAX_WAIT},
    state::record::{Outcome, RequestRecord},
};

/// How much of the body of a refused request is still read: a client that is still sending when the
/// connection closes may see a reset and never read the answer.
const DRAIN_BYTES: u64 = 64_000_000;
const DRAIN_TIME: Duration = Duration::from_secs(30);

/// How often a stall checks whether the client is still connected.
const STALL_POLL_INTERVAL: Duration = Duration::from_millis(100);

/// A request's body. The handler reads one clone; another drains what the handler leaves unread.
#[derive(Clone)]
pub struct RequestBody(Arc<Mutex<Reader>>);

struct Reader {
    body: Body,
    record: Arc<RequestRecord>,
    connection: Connection,
    cut: Option<Cut>,
    stall: Option<Stall>,
    ended: bool,
}

/// Where a fault stops reading, and how.
#[derive(Clone, Copy)]
struct Cut {
    after: u64,
    reset: bool,
}

struct Stall {
    poll_interval: Interval,
    until: Instant,
}

impl RequestBody {
    /// Wraps `body`, which arrives over `connection` and meets `action`.
    pub fn new(
        body: Body,
        record: Arc<RequestRecord>,
        connection: Connection,
        action: Option<&FaultAction>,
    ) -> Self {
        let (after, reset) = match action {
            Some(FaultAction::StallRequest { after }) => (Some(*after), false),
            Some(FaultAction::ResetRequest { after }) => (Some(*after), true),
            _ => (None, false),
        };
        Self(Arc::new(Mutex::new(Reader {
            body,
            record,
            connection,
            cut: after.map(|after| Cut { after, reset }),
            stall: None,
            ended: false,
        })))
    }

    /// Reads and drops what is left of the body, which may be at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// When the body breaks off or is longer.
    pub async fn finish(mut self, max_bytes: u64) -> Result<(), axum::Error> {
        let mut left = max_bytes;
        while let Some(frame) = self.frame().await {
            let bytes = frame?.data_ref().map_or(0, Bytes::len) as u64;
            left = left
                .checked_sub(bytes)
                .ok_or_else(|| axum::Error::new("the body has too many bytes behind its end"))?;
        }
        Ok(())
    }

    /// Reads and drops what is left of the body, as far as a limit of bytes and time.
    pub async fn drain(mut self) {
        let mut left = DRAIN_BYTES;
        let is_cut = self.lock().cut.is_some();
        let read = async {
            while let Some(Ok(frame)) = self.frame().await {
                let bytes = frame.data_ref().map_or(0, Bytes::len) as u64;
                left = left.saturating_sub(bytes);
                if left == 0 {
                    break;
                }
            }
        };
        // A stall has its own, longer limit.
        if is_cut {
            read.await;
        } else if timeout(DRAIN_TIME, read).await.is_err() {
            tracing::debug!("the body of a refused request did not end in time");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Reader> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for RequestBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.lock().poll(cx)
    }
}

impl Reader {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let left = self
            .cut
            .map(|cut| cut.after.saturating_sub(self.record.body_bytes()));
        if left == Some(0) {
            return self.poll_cut(cx);
        }
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
            return Poll::Pending;
        };
        match frame {
            Some(Ok(frame)) => {
                self.count(&frame, left);
                Poll::Ready(Some(Ok(frame)))
            }
            Some(Err(error)) => {
                self.ended = true;
                self.record.finish(Outcome::ClientGone);
                Poll::Ready(Some(Err(error)))
            }
            // A body that ends before the cut is cut at its end, so that the fault is never missed.
            None if self.cut.is_some() => {
                self.cut = self.cut.map(|cut| Cut { after: 0, ..cut });
                self.poll_cut(cx)
            }
            None => {
                self.ended = true;
                Poll::Ready(None)
            }
        }
    }

    /// Counts a piece, as far as the cut. The handler sees the rest of the piece too, but accepts
    /// nothing before the body's end, and so meets the cut.
    fn count(&self, frame: &Frame<Bytes>, left: Option<u64>) {
        if let Some(data) = frame.data_ref() {
            let left = left.and_then(|left| usize::try_from(left).ok());
            let counted = left.map_or(data.len(), |left| left.min(data.len()));
            self.record.receive(&data[..counted]);
        }
    }

    fn poll_cut(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.cut.is_some_and(|cut| cut.reset) {
            self.record.finish(Outcome::Reset);
            return self.abort();
        }
        let record = &self.record;
        let stall = self.stall.get_or_insert_with(|| {
            record.finish(Outcome::Stalled);
            Stall {
                poll_interval: interval(STALL_POLL_INTERVAL),
                until: Instant::now() + MAX_WAIT,
            }
        });
        while stall.poll_interval.poll_tick(cx).is_ready() {
            if self.connection.peer_is_gone() || Instant::now() > stall.until {
                return self.abort();
            }
        }
        Poll::Pending
    }

    fn abort(&mut self) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.ended = true;
        self.connection.reset();
        Poll::Ready(Some(Err(axum::Error::new("a scripted fault"))))
    }
}

//! A request body on its way in: counted, and cut at a byte where a fault says so.

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
    fault::{Act, LONGEST_WAIT},
    journal::{Outcome, Record},
    wire::Wire,
};

/// The largest JSON body; Divar publishes no limit, and no message comes near this one.
pub const LARGEST_JSON: usize = 1_000_000;

/// How much of an unwanted body is still read, so that a refused client reads its refusal and not
/// a broken connection.
const LINGER_BYTES: u64 = 64_000_000;
const LINGER_TIME: Duration = Duration::from_secs(30);

/// How often a stall looks whether the client is still there.
const LOOK: Duration = Duration::from_millis(100);

/// A request's body. The handler reads one clone of it; what the handler leaves, another reads.
#[derive(Clone)]
pub struct Inbound(Arc<Mutex<Reader>>);

struct Reader {
    body: Body,
    record: Arc<Record>,
    wire: Wire,
    cut: Option<Cut>,
    stall: Option<Stall>,
    ended: bool,
}

/// Where a fault ends the reading, and how.
#[derive(Clone, Copy)]
struct Cut {
    after: u64,
    reset: bool,
}

struct Stall {
    look: Interval,
    until: Instant,
}

impl Inbound {
    /// Wraps `body`, which arrives over `wire` and meets `act`.
    pub fn new(body: Body, record: Arc<Record>, wire: Wire, act: Option<&Act>) -> Self {
        let (after, reset) = match act {
            Some(Act::StallRequest { after }) => (Some(*after), false),
            Some(Act::ResetRequest { after }) => (Some(*after), true),
            _ => (None, false),
        };
        Self(Arc::new(Mutex::new(Reader {
            body,
            record,
            wire,
            cut: after.map(|after| Cut { after, reset }),
            stall: None,
            ended: false,
        })))
    }

    /// Reads and drops what is left of the body.
    ///
    /// # Errors
    ///
    /// The reason why the body never became whole.
    pub async fn finish(mut self) -> Result<(), axum::Error> {
        while let Some(frame) = self.frame().await {
            frame?;
        }
        Ok(())
    }

    /// Like [`finish`](Self::finish), but gives up at a bound, and on a broken connection.
    pub async fn linger(mut self) {
        let mut left = LINGER_BYTES;
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
        // A stall has its own, longer bound.
        if is_cut {
            read.await;
        } else if timeout(LINGER_TIME, read).await.is_err() {
            tracing::debug!("a refused request did not end in time");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Reader> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for Inbound {
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
                self.record.settle(Outcome::ClientGone);
                Poll::Ready(Some(Err(error)))
            }
            // A body that ends before the cut is cut at its end: a scripted fault always shows.
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

    /// Counts a piece, as far as the cut. The rest of it does no harm: every handler reads to the
    /// end before it accepts anything, and so comes to the cut.
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
            self.record.settle(Outcome::Reset);
            return self.break_off();
        }
        let record = &self.record;
        let stall = self.stall.get_or_insert_with(|| {
            record.settle(Outcome::Stalled);
            Stall {
                look: interval(LOOK),
                until: Instant::now() + LONGEST_WAIT,
            }
        });
        while stall.look.poll_tick(cx).is_ready() {
            if self.wire.peer_is_gone() || Instant::now() > stall.until {
                return self.break_off();
            }
        }
        Poll::Pending
    }

    fn break_off(&mut self) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.ended = true;
        self.wire.reset();
        Poll::Ready(Some(Err(axum::Error::new("a scripted fault"))))
    }
}

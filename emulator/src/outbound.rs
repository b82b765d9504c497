//! An answer's body on its way out: cut at a byte where a fault says so.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::{
    fault::{Act, LONGEST_WAIT},
    journal::{Outcome, Unanswered},
    wire::Wire,
};

/// An answer's body that ends in a fault.
pub struct Outbound {
    body: Body,
    left: u64,
    end: End,
    request: Unanswered,
}

enum End {
    Reset(Wire),
    Stall(Pin<Box<Sleep>>),
}

impl Outbound {
    /// Cuts `body` where `act` says so; gives it back where it does not.
    pub fn cut(
        body: Body,
        request: Unanswered,
        wire: Wire,
        act: Option<&Act>,
    ) -> Result<Self, (Body, Unanswered)> {
        let (after, end) = match act {
            Some(Act::ResetResponse { after }) => (*after, End::Reset(wire)),
            Some(Act::StallResponse { after }) => {
                (*after, End::Stall(Box::pin(sleep(LONGEST_WAIT))))
            }
            _ => return Err((body, request)),
        };
        // Without its last byte no answer is whole, so the fault shows however short the body is.
        let most = body
            .size_hint()
            .exact()
            .map_or(u64::MAX, |length| length.saturating_sub(1));
        Ok(Self {
            body,
            left: after.min(most),
            end,
            request,
        })
    }

    fn poll_end(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.end {
            End::Reset(wire) => {
                self.request.0.settle(Outcome::Reset);
                // Head and bytes may still be in HTTP's buffer: it flushes once this is pending.
                wire.reset_once_flushed();
                Poll::Pending
            }
            End::Stall(bound) => {
                self.request.0.settle(Outcome::Stalled);
                match bound.as_mut().poll(cx) {
                    Poll::Pending => Poll::Pending,
                    Poll::Ready(()) => {
                        Poll::Ready(Some(Err(axum::Error::new("the stall has ended"))))
                    }
                }
            }
        }
    }
}

impl HttpBody for Outbound {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.left == 0 {
            return self.poll_end(cx);
        }
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
            return Poll::Pending;
        };
        let Some(Ok(frame)) = frame else {
            return self.poll_end(cx);
        };
        let Ok(mut data) = frame.into_data() else {
            return self.poll_end(cx);
        };
        data.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= data.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    // The head promises the whole answer.
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

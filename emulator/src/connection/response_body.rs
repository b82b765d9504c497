//! An answer's body that a fault cuts at a byte.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::{
    connection::{disconnect::DisconnectGuard, socket::Connection},
    faults::action::{FaultAction, MAX_WAIT},
    state::record::Outcome,
};

/// An answer's body that ends in a fault.
pub struct CutResponseBody {
    body: Body,
    left: u64,
    end: End,
    guard: DisconnectGuard,
}

enum End {
    Reset(Connection),
    Stall(Pin<Box<Sleep>>),
}

impl CutResponseBody {
    /// Cuts `body` where `action` says so; returns it unchanged where it does not.
    pub fn new(
        body: Body,
        guard: DisconnectGuard,
        connection: Connection,
        action: Option<&FaultAction>,
    ) -> Result<Self, (Body, DisconnectGuard)> {
        let (after, end) = match action {
            Some(FaultAction::ResetResponse { after }) => (*after, End::Reset(connection)),
            Some(FaultAction::StallResponse { after }) => {
                (*after, End::Stall(Box::pin(sleep(MAX_WAIT))))
            }
            _ => return Err((body, guard)),
        };
        // The last byte is never sent, so that even a short answer is incomplete.
        let max = body
            .size_hint()
            .exact()
            .map_or(u64::MAX, |length| length.saturating_sub(1));
        Ok(Self {
            body,
            left: after.min(max),
            end,
            guard,
        })
    }

    fn poll_end(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.end {
            End::Reset(connection) => {
                self.guard.0.finish(Outcome::Reset);
                // Head and bytes may still be in hyper's buffer: it flushes once this is pending.
                connection.reset_once_flushed();
                Poll::Pending
            }
            End::Stall(bound) => {
                self.guard.0.finish(Outcome::Stalled);
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

impl HttpBody for CutResponseBody {
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

    // `Content-Length` is that of the whole answer.
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

//! Requests: sent by `fetch`, by `XMLHttpRequest` or as a stream, under deadlines, tried again after
//! failures that pass. Nothing here knows an option or a route.

mod answer;
mod body;
mod budget;
mod deadline;
mod duration;
mod event;
mod fetch;
#[cfg(feature = "server")]
pub mod incoming;
#[cfg(feature = "server")]
mod multipart;
mod offline;
mod progress;
mod request;
mod response;
mod retry;
mod signal;
#[cfg(feature = "server")]
mod stream;
mod stream_like;
mod transport;
mod tries;
mod xhr;

pub use answer::Answer;
pub use body::Body;
pub use deadline::{Deadline, Limit};
pub use duration::duration_from_ms;
pub use offline::wait_until_online;
pub use progress::Progress;
pub use request::{CallSettings, Headers, Redirects, Request, RequestHead};
pub use retry::RetryPolicy;
#[cfg(feature = "server")]
pub use stream::relay;
#[cfg(feature = "server")]
pub use stream_like::StreamLike;
pub use transport::{send, upload};
pub use tries::Tries;

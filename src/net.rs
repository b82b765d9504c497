//! Requests: what came of one, when to try again, and on the secret side bodies that are streams.

pub mod answer;
#[cfg(feature = "secret")]
pub mod gate;
#[cfg(feature = "secret")]
pub mod incoming;
#[cfg(feature = "secret")]
mod multipart;
#[cfg(feature = "secret")]
pub mod reader;
pub mod retry;
// No browser sends by it, and the module for pages is for browsers.
#[cfg(feature = "secret")]
pub mod stream;

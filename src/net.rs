//! One request and its answer, within limits, and again where that helps.

pub mod address;
pub mod answer;
pub mod body;
pub mod call;
pub mod gate;
#[cfg(feature = "secret")]
pub mod incoming;
#[cfg(feature = "secret")]
mod multipart;
pub mod online;
pub mod progress;
#[cfg(feature = "secret")]
pub mod reader;
pub mod request;
pub mod retry;
// No browser sends by it, and the module for pages is for browsers.
#[cfg(feature = "secret")]
mod stream;

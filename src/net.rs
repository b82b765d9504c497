//! One request and its answer, within limits, and again where that helps.

pub mod abort;
pub mod address;
pub mod answer;
pub mod gate;
pub mod progress;
pub mod request;
pub mod retry;
mod xhr;

//! One request and its answer.

pub mod abort;
pub mod address;
pub mod answer;
pub mod request;

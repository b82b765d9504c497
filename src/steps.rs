//! The three steps.

pub mod message;
pub mod token;
pub mod upload;

/// The header that carries the app's key.
const API_KEY: &str = "x-api-key";

//! The three steps, and all of them as one.

pub mod delivery;
pub mod file;
pub mod message;
pub mod stages;
pub mod token;
pub mod upload;

/// The header that carries the app's key.
#[cfg(feature = "secret")]
const API_KEY: &str = "x-api-key";

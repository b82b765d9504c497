//! The three steps: what is sent at each, and what its answer must have.

pub mod file;
pub mod message;
pub mod token;
pub mod upload;

/// The line of the headers that carries the app's key.
#[cfg(feature = "secret")]
const API_KEY: &str = "\nx-api-key: {apiKey}";

/// Whether a call has the app's key.
#[cfg(feature = "secret")]
fn has_key(work: &crate::work::Work) -> bool {
    crate::js::has(work, "apiKey")
}

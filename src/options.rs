//! The options of the calls. What each must be is written here, beside its TypeScript interface, in the
//! signs of `pkg/platform/options.js`, which looks at what was given.

pub mod delivery;
#[cfg(feature = "secret")]
pub mod handler;
mod key;
pub mod message;
pub mod token;
pub mod upload;
pub mod wait;

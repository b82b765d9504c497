//! The three steps of a call, each as an async function over what `options` read.

#[cfg(feature = "server")]
pub mod api_key;
pub mod endpoint;
pub mod file;
pub mod file_reader;
pub mod message;
pub mod observer;
pub mod send;
pub mod token;
pub mod upload;
pub mod validation;

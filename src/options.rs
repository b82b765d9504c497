//! The only place that reads the callers' objects. Each file reads one interface of the package's types
//! (`pkg/src/types`), in the order in which a mistake is reported, into what the steps take.

pub mod address;
pub mod buttons;
mod endpoint;
mod file;
#[cfg(feature = "server")]
pub mod handler;
mod key;
pub mod message;
mod reader;
pub mod send;
pub mod token;
pub mod upload;
pub mod wait;

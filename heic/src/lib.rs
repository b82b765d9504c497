//! Decodes HEIC pictures to sRGB, for browsers that cannot decode them.
//!
//! The container and the HEVC pictures in it are read by the crate `heic-decoder`, which also applies
//! the crop, rotation and mirroring of the file. This crate bounds what is decoded, and converts the
//! colours.

#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod alpha;
mod colour;
mod curve;
mod failure;
mod icc;
mod picture;
mod wasm;

pub use failure::{Failure, FailureCode};
pub use picture::{Picture, decode};

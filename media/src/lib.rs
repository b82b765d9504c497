//! What a media file really is, and what must be taken out of it before it
//! goes into a chat.
//!
//! Every parser here looks at a file through [`Known`], a few slices of it: one
//! that it lacks is asked for by [`Stop::Need`], and whoever has the file reads
//! it and calls again. So a parser is plain code without waiting, sees no more
//! than it may, and runs natively under tests and fuzzers.
//!
//! The rules for all of them: nothing is allocated by a size that only the file
//! claims, no recursion goes deeper than a constant, every turn of a loop goes
//! forward in the file, and what cannot be read ends in a [`Stop`], never in a
//! panic.

#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::unreachable
)]
#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

pub mod accepted;
mod inspection;
mod known;
mod preparation;
mod rewrite;
pub mod signature;
pub mod whole;

mod ebml;
mod exif;
mod gif;
mod iso;
mod jpeg;
mod mp3;
mod ogg;
mod ole;
mod pdf;
mod png;
mod turned;
mod wav;
mod webp;
mod zip;

pub use inspection::{Inspection, Kind, MAX_BYTES, Private, Track, TrackKind, inspect};
pub use iso::Target as IsoTarget;
pub use known::{Known, Need, Stop, drive};
pub use preparation::{Draw, LONGEST_EDGE, Preparation, Prepared, Reason, Refusal, Wish};
pub use rewrite::{Change, ISO_MAX_BYTES, Piece, Plan, Rewrite};
pub use signature::Signature;

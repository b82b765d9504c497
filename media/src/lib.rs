//! What a media file is, and how it becomes one that Divar's chat takes, without
//! the personal metadata in it.
//!
//! Every parser reads through [`SparseFile`], a few slices of the file. A missing
//! one ends the call; whoever has the file reads it, adds it and calls again. So a
//! parser has no asynchronous code, sees no more than it may, and runs natively
//! under tests and fuzzers. It keeps its position between calls.
//!
//! The rules for all of them: nothing is allocated by a size that only the file
//! claims, every step moves forward in the file or is counted, and what cannot be
//! read ends in a [`ParseError`], never in a panic.

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

pub mod formats;
pub mod upload_check;

mod bytes;
#[cfg_attr(
    not(feature = "movies"),
    expect(dead_code, reason = "a part serves the check before an upload")
)]
mod container;
mod detect;
mod document;
mod image;
mod inspect;
mod plan;
mod prepare;
mod reader;
mod report;
mod rewrite;
mod sparse_file;

pub use container::isobmff::MAX_INDEX_BYTES;
#[cfg(feature = "movies")]
pub use container::isobmff::MovieTarget;
pub use detect::Container;
pub use formats::{Format, MediaType};
pub use inspect::{Inspector, MAX_BYTES, inspect_bytes};
pub use plan::{Change, Piece, Plan};
pub use prepare::{MAX_EDGE, Preparation, PrepareOptions, Prepared, Reason, Redraw, Refusal};
pub use report::{Inspection, Private, Track, TrackKind};
pub use rewrite::Rewrite;
pub use sparse_file::{ByteRange, ParseError, Progress, SparseFile, drive};

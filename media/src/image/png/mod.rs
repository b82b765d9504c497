//! PNG (third edition): a signature and chunks.

mod chunk;
mod inspect;
mod strip;

pub(crate) use inspect::{PngReader, has_end};
pub(crate) use strip::Strip;

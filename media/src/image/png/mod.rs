//! PNG (third edition): a signature and chunks.

mod chunk;
mod inspect;
mod strip;

pub(crate) use inspect::PngReader;
pub(crate) use strip::Strip;

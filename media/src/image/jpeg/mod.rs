//! JPEG (ITU-T T.81): segments that begin with markers, and entropy-coded data.

mod end;
mod entropy;
mod inspect;
mod segment;
mod strip;

pub(crate) use end::{TAIL_BYTES, shows_end};
pub(crate) use inspect::JpegReader;
pub(crate) use strip::Strip;

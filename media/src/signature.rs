//! The old name of [`crate::detect::HEAD_BYTES`], for `src/`.

pub use crate::detect::HEAD_BYTES;

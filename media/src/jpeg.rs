//! JPEG.

mod inspect;
mod segment;
mod strip;

pub use inspect::inspect;
pub use strip::Strip;

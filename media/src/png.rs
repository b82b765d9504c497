//! PNG.

mod chunk;
mod inspect;
mod strip;

pub use inspect::inspect;
pub use strip::Strip;

//! JPEG.

mod inspect;
mod segment;
mod strip;
mod tail;

pub use inspect::inspect;
pub use strip::Strip;
pub use tail::runs_on;

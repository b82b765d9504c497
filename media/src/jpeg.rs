//! JPEG.

mod inspect;
mod segment;
mod strip;

#[cfg(test)]
mod tests;

pub use inspect::inspect;
pub use strip::Strip;

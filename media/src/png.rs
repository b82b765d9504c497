//! PNG.

mod chunk;
mod inspect;
mod strip;

#[cfg(test)]
mod tests;

pub use inspect::inspect;
pub use strip::Strip;

//! Milliseconds, as JavaScript counts time.

use std::time::Duration;

/// A number of milliseconds; what is negative or no number is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates"
)]
pub const fn duration_from_ms(milliseconds: f64) -> Duration {
    Duration::from_millis(milliseconds as u64)
}

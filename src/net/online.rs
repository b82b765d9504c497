//! Waiting while the platform says that there is no network at all.

use super::call::Call;
use super::gate::{Gate, is_offline};
use crate::error::{Failure, Stage};

/// Waits, where the caller wants that, until the platform is not offline.
///
/// # Errors
///
/// As [`Gate::check`].
pub async fn wait(stage: Stage, call: &Call) -> Result<(), Failure> {
    while call.waits_online && is_offline() {
        Gate::new(stage, call).online().await?;
    }
    Ok(())
}

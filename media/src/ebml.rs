//! Matroska.

use crate::inspection::{Inspection, Kind};
use crate::known::{Known, Stop};

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(_known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Matroska;
    Ok(())
}

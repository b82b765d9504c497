//! Mp4.

use crate::inspection::{Inspection, Kind};
use crate::known::{Known, Stop};
use crate::rewrite::Plan;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(_known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Mp4;
    Ok(())
}

/// What the new file is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A video that Divar takes: MP4.
    Mp4,
    /// A voice note that Divar takes: M4A, or 3GP where the old one is.
    Voice,
}

/// Takes the metadata out, puts the index in front, and makes it the format that Divar takes.
#[derive(Debug)]
pub struct Rewrite {
    target: Target,
    keep_metadata: bool,
}

impl Rewrite {
    /// A file that is to become a `target`.
    #[must_use]
    pub const fn new(target: Target, keep_metadata: bool) -> Self {
        Self {
            target,
            keep_metadata,
        }
    }

    /// Goes on as far as what is known allows.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn run(&mut self, known: &mut Known) -> Result<Plan, Stop> {
        let mut plan = Plan::default();
        plan.keep(0, known.size())?;
        Ok(plan)
    }
}

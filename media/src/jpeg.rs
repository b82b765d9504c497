//! Jpeg.

use crate::inspection::{Inspection, Kind};
use crate::known::{Known, Stop};
use crate::rewrite::Plan;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(_known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Jpeg;
    Ok(())
}

/// Takes the metadata out.
#[derive(Debug, Default)]
pub struct Strip {
    at: u64,
}

impl Strip {
    /// Goes on as far as what is known allows.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn run(&mut self, known: &mut Known) -> Result<Plan, Stop> {
        let mut plan = Plan::default();
        plan.keep(self.at, known.size())?;
        Ok(plan)
    }
}

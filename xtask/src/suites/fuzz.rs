//! The parsers of media files against made-up ones, for some seconds each.

use anyhow::Result;

use super::report::Report;
use crate::fuzz;

/// Enough to read the seeds and to find what is near them.
const SECONDS: u32 = 5;

pub fn run(report: &mut Report) -> Result<()> {
    fuzz::build()?;
    for target in fuzz::targets()? {
        report.step(&target, || fuzz::fuzz(&target, SECONDS));
    }
    Ok(())
}

//! What a page downloads, against its budgets.

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::process::{Ended, shown};
use crate::setup::cargo;

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    report.step("what a page downloads", size);
    Ok(())
}

fn size() -> Result<Ended> {
    let mut size = cargo()?;
    size.args(["xtask", "size"]);
    shown(size, std::time::Duration::from_mins(5))
}

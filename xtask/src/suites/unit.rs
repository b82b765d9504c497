//! Rust's own tests on this machine.

use std::time::Duration;

use anyhow::Result;

use super::report::Report;
use crate::process::shown;
use crate::setup::cargo;

pub fn run(report: &mut Report) -> Result<()> {
    let mut test = cargo()?;
    test.args(["test", "--workspace", "--no-fail-fast"]);
    report.step("cargo test", || shown(test, Duration::from_mins(30)));
    Ok(())
}

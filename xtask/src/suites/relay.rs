//! Files relayed through workerd, and the memory that it takes.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::process::shown;
use crate::{emulator, suites};

const LIMIT: Duration = Duration::from_mins(5);

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    let emulator = emulator::start_optimised(0)?;
    let mut tests = suites::node_tests(Path::new("tests/relay"))?;
    emulator::tell(&mut tests, &emulator);
    report.step("the relay's memory in workerd", || shown(tests, LIMIT));
    Ok(())
}

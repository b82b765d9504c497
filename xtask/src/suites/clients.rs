//! Clients that are not ours against the emulator, and our requests against a description of Divar's.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::process::shown;
use crate::setup::{apt, node};
use crate::{emulator, suites};

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::CLIENTS)?;
    node::ensure()?;
    let emulator = emulator::start(0)?;
    let mut tests = suites::node_tests(Path::new("tests/clients"))?;
    emulator::tell(&mut tests, &emulator);
    report.step("requests, curl, OpenAPI", || {
        shown(tests, Duration::from_mins(5))
    });
    Ok(())
}

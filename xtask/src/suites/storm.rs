//! The storm: many uploads through scripted faults, in Node.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::emulator;
use crate::process::shown;

/// Runs `uploads` of them; `seed` gives the weather of an earlier storm again.
pub fn run(report: &mut Report, package: &Package, uploads: u32, seed: Option<u32>) -> Result<()> {
    package.ensure()?;
    let emulator = emulator::start(0)?;
    let mut node = Command::new("node");
    node.args(["tests/storm/storm.js", "--uploads", &uploads.to_string()]);
    if let Some(seed) = seed {
        node.args(["--seed", &seed.to_string()]);
    }
    emulator::tell(&mut node, &emulator);
    report.step("the storm in Node", || shown(node, Duration::from_mins(20)));
    Ok(())
}

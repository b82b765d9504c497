//! Small projects of several bundlers, with the package in them as a user installs it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::console::step;
use crate::process::{quiet, shown};
use crate::setup::{apt, node};
use crate::{emulator, package, suites};

const LIMIT: Duration = Duration::from_mins(15);

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::BROWSERS)?;
    node::ensure_in(node::BUNDLERS)?;
    step("packing the package and installing it there", install)?;
    let emulator = emulator::start_with(0, &["--no-keep-alive"])?;

    let mut types = node::program("tsc");
    types.args(["--noEmit", "--project", node::BUNDLERS]);
    report.step("the README's page as TypeScript", || shown(types, LIMIT));

    let mut tests = suites::node_tests(Path::new(node::BUNDLERS))?;
    emulator::tell(&mut tests, &emulator);
    report.step("every bundler", || shown(tests, LIMIT));
    Ok(())
}

/// From there, the package's name means what was packed.
fn install() -> Result<()> {
    let packed = tempfile::tempdir()?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund"]);
    npm.arg("--loglevel=error")
        .arg(package::pack(packed.path())?);
    npm.current_dir(node::BUNDLERS);
    quiet(npm, LIMIT).map(drop)
}

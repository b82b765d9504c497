//! The examples, with the package in them as a user installs it.

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::Package;
use super::report::Report;
use crate::console::step;
use crate::process::{quiet, shown};
use crate::setup::{apt, node};
use crate::{emulator, package, suites};

const LIMIT: Duration = Duration::from_mins(20);

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::BROWSERS)?;
    apt::ensure(apt::EXAMPLES)?;
    node::ensure_in(node::EXAMPLES)?;
    step(
        "packing the package and installing it in the examples",
        install,
    )?;
    // A browser sends a request again whose kept connection was reset, a message too.
    let emulator = emulator::start_with(0, &["--no-keep-alive"])?;
    let mut tests = suites::node_tests(Path::new("tests/examples"))?;
    emulator::tell(&mut tests, &emulator);
    tests.env("PATH", path()?);
    report.step("each example", || shown(tests, LIMIT));
    Ok(())
}

/// In the examples the package's name means what was packed.
fn install() -> Result<()> {
    let packed = tempfile::tempdir()?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund"]);
    npm.args(["--prefer-offline", "--loglevel=error"]);
    npm.arg(package::pack(packed.path())?);
    npm.current_dir(node::EXAMPLES);
    quiet(npm, LIMIT).map(drop)
}

/// PATH with a Node that wrangler runs on in front.
fn path() -> Result<std::ffi::OsString> {
    let node = node::for_wrangler()?;
    let folder = node.parent().context("a program lies in a folder")?;
    let rest = env::var_os("PATH").unwrap_or_default();
    let folders = [folder.to_owned()]
        .into_iter()
        .chain(env::split_paths(&rest));
    Ok(env::join_paths(folders)?)
}

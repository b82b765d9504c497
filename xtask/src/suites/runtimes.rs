//! The package as a user gets it: packed, installed in an empty folder, imported from there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::Package;
use super::report::Report;
use crate::console::step;
use crate::process::{quiet, shown};
use crate::setup::node;
use crate::{emulator, suites};

const LIMIT: Duration = Duration::from_mins(15);
const EMULATOR_PORT: u16 = 9311;

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    let emulator = emulator::start(EMULATOR_PORT)?;
    let user = step(
        "packing the package and installing it as a user does",
        install,
    )?;

    // From there, the package's name means what was packed; from here, it means `pkg/`.
    copy(Path::new("tests/runtimes"), &[".js"], user.path())?;
    copy(
        Path::new("tests/types"),
        &[".ts", "tsconfig.json"],
        user.path(),
    )?;

    let mut tests = suites::node_tests(user.path())?;
    tests
        .current_dir(user.path())
        .env("DIVAR_PACKAGE", user.path());
    tests.env("NODE22", node::for_wrangler()?);
    emulator::tell(&mut tests, &emulator);
    report.step("every runtime", || shown(tests, LIMIT));

    let mut types = node::program("tsc");
    types.args(["--noEmit", "--project"]).arg(user.path());
    report.step("the published types", || shown(types, LIMIT));
    Ok(())
}

/// An empty project with the packed package in it.
fn install() -> Result<TempDir> {
    let packed = tempfile::tempdir()?;
    let mut pack = Command::new("npm");
    pack.args([
        "pack",
        "--silent",
        "--workspace",
        "pkg",
        "--pack-destination",
    ])
    .arg(packed.path());
    quiet(pack, LIMIT)?;
    let user = tempfile::Builder::new().prefix("divar-user-").tempdir()?;
    fs::write(
        user.path().join("package.json"),
        "{ \"private\": true, \"type\": \"module\" }\n",
    )?;
    let mut install = Command::new("npm");
    install.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
    install
        .arg(tarball(packed.path())?)
        .current_dir(user.path());
    quiet(install, LIMIT)?;
    Ok(user)
}

fn tarball(folder: &Path) -> Result<PathBuf> {
    let files = suites::files_ending(folder, ".tgz")?;
    files
        .into_iter()
        .next()
        .context("`npm pack` left no tarball")
}

/// Copies the files of `from` whose names end in one of `ends` into `to`.
fn copy(from: &Path, ends: &[&str], to: &Path) -> Result<()> {
    for end in ends {
        for file in suites::files_ending(from, end)? {
            let name = file.file_name().context("a file has a name")?;
            fs::copy(&file, to.join(name))
                .with_context(|| format!("could not copy {}", file.display()))?;
        }
    }
    Ok(())
}

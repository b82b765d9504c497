//! `cargo xtask test`: the suites, their order, and what came out.

mod browsers;
mod clients;
mod demo;
mod docs;
mod examples;
mod fuzz;
mod lint;
mod media;
mod nudge;
mod packaging;
mod relay;
mod report;
mod runtimes;
mod size;
mod storm;
mod unit;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::console::heading;
use crate::package;
use crate::process::interrupted;
use report::Report;

/// A part of the tests that can run alone.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Suite {
    /// Formatting, clippy, biome, TypeScript
    Lint,
    /// Rust's tests on this machine, the emulator's among them
    Unit,
    /// The parsers of media files against made-up ones, for some seconds each
    Fuzz,
    /// The crate in three browser engines
    Browsers,
    /// What is in the packed package and its package.json, and whether the demo deploys
    Packaging,
    /// The documents: their code against the built package, their links; the references
    Docs,
    /// What a page downloads, against its budgets
    Size,
    /// The packed package as a user installs it, and its published types
    Runtimes,
    /// Python's `requests` and curl against the emulator, our requests against a description of Divar's
    Clients,
    /// What is taken out of pictures and films and what stays, by exiftool, ffmpeg, libjpeg and Chromium
    Media,
    /// The examples, started as a user does, with the packed package in them
    Examples,
    /// Long files relayed through workerd, and the memory that it takes
    Relay,
    /// Many uploads through scripted faults
    Storm,
    /// The demo, end to end in Chromium and Firefox, and what Lighthouse says of it
    Demo,
}

/// Runs `chosen`, or all when none is chosen, in the order in which they are declared.
pub fn run(chosen: &[Suite]) -> ExitCode {
    let mut report = Report::default();
    let package = Package::default();
    for &suite in Suite::value_variants() {
        if interrupted() || !(chosen.is_empty() || chosen.contains(&suite)) {
            continue;
        }
        let name = suite.name();
        heading(&name);
        report.begin(name);
        let ran = match suite {
            Suite::Lint => lint::run(&mut report, &package),
            Suite::Unit => unit::run(&mut report),
            Suite::Fuzz => fuzz::run(&mut report),
            Suite::Browsers => browsers::run(&mut report),
            Suite::Packaging => packaging::run(&mut report, &package),
            Suite::Docs => docs::run(&mut report, &package),
            Suite::Size => size::run(&mut report, &package),
            Suite::Runtimes => runtimes::run(&mut report, &package),
            Suite::Clients => clients::run(&mut report, &package),
            Suite::Media => media::run(&mut report, &package),
            Suite::Examples => examples::run(&mut report, &package),
            Suite::Relay => relay::run(&mut report, &package),
            Suite::Storm => storm::run(&mut report, &package, STORM_UPLOADS, None),
            Suite::Demo => demo::run(&mut report, &package),
        };
        if let Err(error) = ran {
            report.could_not_start(&error);
        }
    }
    report.close()
}

/// How many uploads a storm has where nothing is said of it.
pub const STORM_UPLOADS: u32 = 1000;

/// Runs the storm alone.
pub fn run_storm(uploads: u32, seed: Option<u32>) -> ExitCode {
    let mut report = Report::default();
    report.begin(Suite::Storm.name());
    if let Err(error) = storm::run(&mut report, &Package::default(), uploads, seed) {
        report.could_not_start(&error);
    }
    report.close()
}

/// Leaves pictures of the demo's main states in `folder`.
pub fn screenshots(folder: &Path) -> Result<()> {
    demo::screenshots(folder)
}

impl Suite {
    fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }
}

/// The built package, which several suites want and one run builds once.
#[derive(Default)]
struct Package {
    built: Cell<bool>,
}

impl Package {
    fn ensure(&self) -> Result<()> {
        if !self.built.get() {
            package::build()?;
            self.built.set(true);
        }
        Ok(())
    }
}

/// Node's test runner over the test files in `folder`.
fn node_tests(folder: &Path) -> Result<Command> {
    let files = files_ending(folder, ".test.js")?;
    ensure!(!files.is_empty(), "{} holds no *.test.js", folder.display());
    let mut node = Command::new("node");
    // Named one by one: what a folder means to `--test` differs between Node 20 and 22.
    node.args(["--test", "--test-reporter=spec"]).args(files);
    Ok(node)
}

/// The files in `folder` whose names end so, in order.
fn files_ending(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(end) {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

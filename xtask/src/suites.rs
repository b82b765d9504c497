//! `cargo xtask test`: the suites, what each needs, and which run side by side.

mod browsers;
mod runtimes;
mod steps;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use fs_err as fs;

use crate::console::{Log, heading, line};
use crate::emulator::Profile;
use crate::process::{cmd, interrupted, shown};
use crate::report::Report;
use crate::setup::{apt, for_wasm, node, tools};
use crate::{fuzz, package, size};
pub use steps::{STORM_UPLOADS, screenshots};

/// The most that a step of any suite may take.
const LIMIT: Duration = Duration::from_mins(30);

/// A part of the tests that can run alone.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Suite {
    /// Formatting, clippy, biome, TypeScript
    Lint,
    /// Rust's tests on this machine, the emulator's among them
    Unit,
    /// The parsers of media files against generated ones, for some seconds each
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

/// What may run at the same time: suites of the first two lanes.
#[derive(Clone, Copy, PartialEq)]
enum Lane {
    /// cargo's own work. One after another, since cargo locks its target folder.
    Cargo,
    /// Work of Node and the browsers.
    Node,
    /// Suites that measure time or memory, or that use both cores.
    Alone,
}

/// What suites need: installed or built before any of them starts, so that none waits for another.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    Package,
    Wasm,
    Browsers,
    Clients,
    Media,
    Examples,
    Fuzz,
    Emulator,
    FastEmulator,
}

type Steps = fn(&mut Report) -> Result<()>;

impl Suite {
    fn plan(self) -> (Lane, &'static [Need], Steps) {
        use Need::{
            Browsers, Clients, Emulator, Examples, FastEmulator, Fuzz, Media, Package, Wasm,
        };
        match self {
            Self::Lint => (Lane::Cargo, &[Package, Wasm], steps::lint),
            Self::Unit => (Lane::Cargo, &[], steps::unit),
            Self::Fuzz => (Lane::Cargo, &[Fuzz], steps::fuzz),
            Self::Browsers => (Lane::Node, &[Wasm, Browsers, Emulator], browsers::run),
            Self::Packaging => (Lane::Node, &[Package], steps::packaging),
            Self::Docs => (Lane::Node, &[Package], steps::docs),
            Self::Size => (Lane::Node, &[Package], |report| {
                report.step("what a page downloads", || size::check(false));
                Ok(())
            }),
            Self::Clients => (Lane::Node, &[Package, Clients, Emulator], steps::clients),
            Self::Media => (Lane::Node, &[Package, Browsers, Media], steps::media),
            Self::Examples => (
                Lane::Node,
                &[Package, Browsers, Examples, Emulator],
                steps::examples,
            ),
            Self::Relay => (Lane::Alone, &[Package, FastEmulator], steps::relay),
            Self::Runtimes => (Lane::Alone, &[Package, Browsers, Emulator], runtimes::run),
            Self::Storm => (Lane::Alone, &[Package, Browsers, Emulator], |report| {
                steps::storm(report, STORM_UPLOADS, None)
            }),
            Self::Demo => (Lane::Alone, &[Package, Browsers, Emulator], steps::demo),
        }
    }
}

impl Need {
    fn ensure(self) -> Result<()> {
        match self {
            Self::Package => package::build(),
            Self::Wasm => for_wasm(cmd!("cargo"), &[]).map(drop),
            Self::Browsers => {
                node::ensure(".")?;
                tools::GECKODRIVER.ensure()?;
                apt::ensure(apt::BROWSERS)
            }
            Self::Clients => apt::ensure(apt::CLIENTS),
            Self::Media => apt::ensure(apt::MEDIA),
            Self::Examples => {
                node::ensure(node::EXAMPLES)?;
                apt::ensure(apt::EXAMPLES)
            }
            Self::Fuzz => fuzz::build(),
            Self::Emulator => Profile::Debug.build(),
            Self::FastEmulator => Profile::Release.build(),
        }
    }
}

/// Runs `chosen`, or all when none is chosen.
pub fn run(chosen: &[Suite]) -> ExitCode {
    let all = Suite::value_variants().iter().copied();
    let chosen: Vec<_> = all
        .filter(|suite| chosen.is_empty() || chosen.contains(suite))
        .collect();
    let of = |lane| -> Vec<Suite> {
        let of = |suite: &Suite| suite.plan().0 == lane;
        chosen.iter().copied().filter(of).collect()
    };
    heading("what the suites need");
    let lacking = lacking(&chosen);
    let mut report = side_by_side(
        || run_each(&of(Lane::Cargo), &lacking),
        || run_each(&of(Lane::Node), &lacking),
    );
    report.append(run_each(&of(Lane::Alone), &lacking));
    report.close()
}

/// Runs the storm alone.
pub fn run_storm(uploads: u32, seed: Option<u32>) -> ExitCode {
    let lacking = lacking(&[Suite::Storm]);
    run_one(Suite::Storm, &lacking, |report| {
        steps::storm(report, uploads, seed)
    })
    .close()
}

/// Installs and builds what the suites need, and returns what could not be.
fn lacking(suites: &[Suite]) -> Vec<Need> {
    let mut tried = Vec::new();
    let mut lacking = Vec::new();
    for &need in suites.iter().flat_map(|suite| suite.plan().1) {
        if !tried.contains(&need) && !interrupted() {
            tried.push(need);
            if let Err(error) = need.ensure() {
                line(format!("{error:#}"));
                lacking.push(need);
            }
        }
    }
    lacking
}

/// Runs both at once. The second one's output is shown when the first one has ended.
fn side_by_side(first: impl FnOnce() -> Report, second: impl FnOnce() -> Report + Send) -> Report {
    let log = Log::waiting();
    thread::scope(|scope| {
        let second = scope.spawn(|| {
            log.clone().install();
            second()
        });
        let mut report = first();
        log.show();
        match second.join() {
            Ok(second) => report.append(second),
            Err(_) => report.step("side by side", || Err(anyhow!("the second lane panicked"))),
        }
        report
    })
}

fn run_each(suites: &[Suite], lacking: &[Need]) -> Report {
    let mut report = Report::default();
    for &suite in suites {
        if !interrupted() {
            report.append(run_one(suite, lacking, suite.plan().2));
        }
    }
    report
}

fn run_one(
    suite: Suite,
    lacking: &[Need],
    steps: impl FnOnce(&mut Report) -> Result<()>,
) -> Report {
    let mut report = Report::default();
    let name = suite.to_possible_value();
    report.group(name.as_ref().map_or("", PossibleValue::get_name));
    let ran = if suite.plan().1.iter().any(|need| lacking.contains(need)) {
        Err(anyhow!("see the errors above"))
    } else {
        steps(&mut report)
    };
    if let Err(error) = ran {
        report.step("what it needs", || Err(error));
    }
    report
}

impl Report {
    /// Runs a command as a step.
    fn command(&mut self, what: &str, command: Command) {
        self.step(what, || shown(command, LIMIT));
    }
}

/// Node's test runner over the test files in `folder`.
fn node_tests(folder: impl AsRef<Path>) -> Result<Command> {
    let folder = folder.as_ref();
    let files = files_ending(folder, ".test.js")?;
    ensure!(!files.is_empty(), "{} has no *.test.js", folder.display());
    // Named one by one: what a folder means to `--test` differs between Node 20 and 22.
    Ok(cmd!("node --test --test-reporter=spec {files...}"))
}

/// The files in `folder` whose names end so, in order.
fn files_ending(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(end) {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_in_the_report() {
        let side = |name: &'static str| {
            move || {
                let mut report = Report::default();
                report.step(name, || Err(anyhow!("no")));
                report
            }
        };
        let report = side_by_side(side("a"), side("b"));
        assert_eq!(report.failures(), ["a: no", "b: no"]);
    }
}

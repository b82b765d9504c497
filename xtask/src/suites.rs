//! `cargo xtask test`: the suites, what each needs, and which run side by side.

mod browsers;
mod runtimes;
mod steps;

use std::panic::resume_unwind;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use clap::ValueEnum;
use xshell::Shell;

use crate::console::line;
use crate::emulator::Profile;
use crate::process::{cmd, interrupted, show_outputs_whole, shown};
use crate::report::Report;
use crate::setup::{apt, for_wasm, node, tools};
use crate::{fuzz, package, size};
pub use steps::{STORM_UPLOADS, screenshots, write_references};

/// The most that a step of any suite may take.
const LIMIT: Duration = Duration::from_mins(30);

/// A part of the tests that can run alone. They start in this order: the longest first.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum Suite {
    /// What is taken out of pictures and movies and what stays, by exiftool, ffmpeg, libjpeg and Chromium
    Media,
    /// Rust's tests on this machine, the emulator's among them
    Unit,
    /// Formatting, clippy, biome, TypeScript
    Lint,
    /// The parsers of media files against generated ones, for some seconds each
    Fuzz,
    /// The examples, started as a user does, with the packed package in them
    Examples,
    /// The crate in three browser engines
    Browsers,
    /// What is in the packed package and its package.json, and whether the demo deploys
    Packaging,
    /// The documents: their code against the built package, their links; the references
    Docs,
    /// Python's `requests` and curl against the emulator, our requests against a description of Divar's
    Clients,
    /// What a page downloads, against its budgets
    Size,
    /// The packed package as a user installs it, and its published types
    Runtimes,
    /// Long files relayed through workerd, and the memory that it takes
    Relay,
    /// Many uploads through scripted faults
    Storm,
    /// The demo, end to end in Chromium and Firefox, and what Lighthouse says of it
    Demo,
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
    fn plan(self) -> (&'static [Need], Steps) {
        use Need::{
            Browsers, Clients, Emulator, Examples, FastEmulator, Fuzz, Media, Package, Wasm,
        };
        match self {
            Self::Lint => (&[Package, Wasm], steps::lint),
            Self::Unit => (&[], steps::unit),
            Self::Fuzz => (&[Fuzz], steps::fuzz),
            Self::Browsers => (&[Wasm, Browsers, Emulator], browsers::run),
            Self::Packaging => (&[Package, Browsers], steps::packaging),
            Self::Docs => (&[Package], steps::docs),
            Self::Size => (&[Package], |report| {
                report.step("what a page downloads", || size::check(false));
                Ok(())
            }),
            Self::Clients => (&[Package, Clients, Emulator], steps::clients),
            Self::Media => (&[Package, Browsers, Media], steps::media),
            Self::Examples => (&[Package, Browsers, Examples, Emulator], steps::examples),
            Self::Relay => (&[Package, FastEmulator], steps::relay),
            Self::Runtimes => (&[Package, Browsers, Emulator], runtimes::run),
            Self::Storm => (&[Package, Browsers, Emulator], |report| {
                steps::storm(report, STORM_UPLOADS, None)
            }),
            Self::Demo => (&[Package, Browsers, Emulator], steps::demo),
        }
    }

    /// Whether it measures time or memory, or uses both cores.
    fn runs_alone(self) -> bool {
        matches!(
            self,
            Self::Runtimes | Self::Relay | Self::Storm | Self::Demo
        )
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

/// Runs `chosen`, or all when none is chosen: two at a time, and then those that run alone.
pub fn run(chosen: &[Suite]) -> ExitCode {
    let all = Suite::value_variants().iter().copied();
    let chosen: Vec<_> = all
        .filter(|suite| chosen.is_empty() || chosen.contains(suite))
        .collect();
    let lacking = lacking(&chosen);
    let (alone, together): (Vec<_>, Vec<_>) =
        chosen.into_iter().partition(|suite| suite.runs_alone());
    show_outputs_whole(together.len() > 1);
    let mut report = Report::default();
    let together = Mutex::new(together.into_iter());
    thread::scope(|scope| {
        let second = scope.spawn(|| run_queue(&together, &lacking));
        report.append(run_queue(&together, &lacking));
        report.append(second.join().unwrap_or_else(|panic| resume_unwind(panic)));
    });
    show_outputs_whole(false);
    report.append(run_queue(&Mutex::new(alone.into_iter()), &lacking));
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
    for &need in suites.iter().flat_map(|suite| suite.plan().0) {
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

/// Runs suites until none is left.
fn run_queue(queue: &Mutex<impl Iterator<Item = Suite>>, lacking: &[Need]) -> Report {
    let mut report = Report::default();
    let next = || {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.next().filter(|_| !interrupted())
    };
    while let Some(suite) = next() {
        report.append(run_one(suite, lacking, suite.plan().1));
    }
    report
}

fn run_one(
    suite: Suite,
    lacking: &[Need],
    steps: impl FnOnce(&mut Report) -> Result<()>,
) -> Report {
    let mut report = Report::default();
    report.group(&format!("{suite:?}").to_lowercase());
    let ran = if suite.plan().0.iter().any(|need| lacking.contains(need)) {
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
    let mut files = Shell::new()?.read_dir(folder)?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.js"));
    ensure!(!files.is_empty(), "{} has no *.test.js", folder.display());
    // Named one by one: what a folder means to `--test` differs between Node 20 and 22.
    Ok(cmd!("node --test --test-reporter=spec {files...}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suite_that_lacks_what_it_needs_fails_and_the_next_one_runs() {
        let queue = Mutex::new([Suite::Relay, Suite::Docs].into_iter());
        let report = run_queue(&queue, &[Need::Package]);
        let failure = "what it needs: see the errors above";
        assert_eq!(report.failures(), [failure, failure]);
    }
}

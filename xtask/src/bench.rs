//! `cargo xtask bench`: the package beside what people would write or import instead: what a page
//! downloads, how soon it is ready, what calls and uploads take, and photographs over a slow link.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;

use crate::console::step;
use crate::process::shown;
use crate::server::Server;
use crate::setup::apt;
use crate::{emulator, package, size};

/// How many rounds there are where nothing is said of it.
pub const ROUNDS: u32 = 12;
/// The fewest whose median the project stands by.
pub const FEWEST: i64 = 7;

/// As many for the photographs, which take minutes each.
const PHOTO_ROUNDS: u32 = 3;

/// What each part has measured, and the document of all.
const PARTS: &str = "target/bench/parts";
const REPORT: &str = "target/bench/report.md";

/// A part of the benchmark that can run alone.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Part {
    /// What a page downloads
    Size,
    /// From `import` to the first call's answer, in Chromium
    Start,
    /// What a call costs, in Chromium and in Node
    Calls,
    /// The handler's tokens, in workerd
    Handler,
    /// Uploads as fast as they go, in Chromium
    Uploads,
    /// Photographs over a telephone's link, and a long film looked into, in Chromium
    Prepare,
}

/// Builds everything, and prints tables of medians: of the parts that are `chosen`, or of all when
/// none is; then all of them as one document, which stays in `target/bench`.
pub fn run(chosen: &[Part], rounds: u32) -> Result<()> {
    package::build()?;
    apt::ensure(apt::BROWSERS)?;
    apt::ensure(apt::MEDIA)?;
    let emulator = emulator::start_optimised(0)?;
    // A report is of one run: what an earlier one has left was another build.
    if Path::new(PARTS).exists() {
        fs::remove_dir_all(PARTS)?;
    }
    fs::create_dir_all(PARTS)?;
    for part in Part::value_variants() {
        if chosen.is_empty() || chosen.contains(part) {
            part.run(rounds, &emulator)?;
        }
    }
    let mut compose = Command::new("node");
    compose.args(["bench/harness/compose.js", PARTS, REPORT]);
    step(format!("writing {REPORT}"), || {
        shown(compose, Duration::from_mins(1))?.ensure().map(drop)
    })
}

impl Part {
    fn run(self, rounds: u32, emulator: &Server) -> Result<()> {
        let (what, path, rounds) = match self {
            Self::Size => {
                return step("weighing what a page downloads", || {
                    size::keep(&Path::new(PARTS).join("size.json"))
                });
            }
            Self::Start => ("starts in Chromium", "bench/start/run.js", rounds),
            Self::Calls => ("calls in Chromium and Node", "bench/calls/run.js", rounds),
            Self::Handler => ("tokens in workerd", "bench/handler/run.js", rounds),
            Self::Uploads => ("uploads in Chromium", "bench/uploads/run.js", rounds),
            Self::Prepare => (
                "photographs over a slow link",
                "bench/prepare/run.js",
                PHOTO_ROUNDS,
            ),
        };
        let mut node = Command::new("node");
        node.args([path, "--rounds", &rounds.to_string()]);
        node.env("DIVAR_BENCH_PARTS", PARTS);
        emulator::tell(&mut node, emulator);
        step(format!("{rounds} rounds of {what}"), || {
            shown(node, Duration::from_hours(2))?.ensure().map(drop)
        })
    }
}

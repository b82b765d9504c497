//! `cargo xtask bench`: the package beside what people would write or import instead: what a page
//! downloads, how soon it is ready, what calls and uploads take, and photographs over a slow link.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use fs_err as fs;

use crate::console::step;
use crate::emulator::{Emulator, Profile};
use crate::package;
use crate::process::{cmd, shown};
use crate::setup::apt;

/// How many rounds there are by default.
pub const ROUNDS: u32 = 12;
/// The fewest whose median is reported.
pub const FEWEST: i64 = 7;

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
    /// Uploads at full speed, in Chromium
    Uploads,
    /// Photographs over a mobile network, and a long video that is inspected, in Chromium
    Prepare,
    /// Photographs in HEIC and a minute of video, in Chromium
    Phone,
}

/// Builds everything, and prints tables of medians: of the parts that are `chosen`, or of all when none is;
/// then all of them as one document, which is kept in `target/bench`.
pub fn run(chosen: &[Part], rounds: u32) -> Result<()> {
    package::build()?;
    apt::ensure(apt::BROWSERS)?;
    apt::ensure(apt::MEDIA)?;
    Profile::Release.build()?;
    let emulator = Profile::Release.start(0, &[])?;
    // A report is of one run: an earlier one was of another build.
    if Path::new(PARTS).exists() {
        fs::remove_dir_all(PARTS)?;
    }
    fs::create_dir_all(PARTS)?;
    for part in Part::value_variants() {
        if chosen.is_empty() || chosen.contains(part) {
            part.run(rounds, &emulator)?;
        }
    }
    let compose = cmd!("node bench/harness/compose.js {PARTS} {REPORT}");
    step(format!("writing {REPORT}"), || {
        shown(compose, Duration::from_mins(1))
    })
}

impl Part {
    /// Runs its script, which is in the folder of its name.
    fn run(self, rounds: u32, emulator: &Emulator) -> Result<()> {
        let value = self.to_possible_value();
        let name = value.as_ref().map_or("", PossibleValue::get_name);
        let mut node = cmd!("node bench/{name}/run.js");
        match self {
            // Bytes are the same each time, and a photograph takes minutes: the scripts have their own number.
            Self::Size | Self::Prepare | Self::Phone => {}
            Self::Start | Self::Calls | Self::Handler | Self::Uploads => {
                node.args(["--rounds", &rounds.to_string()]);
            }
        }
        node.env("DIVAR_BENCH_PARTS", PARTS);
        step(format!("measuring {name}"), || {
            shown(emulator.env(node), Duration::from_hours(2))
        })
    }
}

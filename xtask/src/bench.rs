//! `cargo xtask bench`: the package beside raw fetch and the usual libraries, in Chromium, its
//! handler beside a Worker written by hand, in workerd, and photographs over a slow link.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;

use crate::console::step;
use crate::process::shown;
use crate::server::Server;
use crate::setup::apt;
use crate::{emulator, package};

/// How many rounds there are where nothing is said of it.
pub const ROUNDS: u32 = 12;
/// The fewest whose median the project stands by.
pub const FEWEST: i64 = 7;

/// As many for the photographs, which take minutes each.
const PHOTO_ROUNDS: u32 = 3;

/// A part of the benchmark that can run alone.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Part {
    /// The handler's tokens, in workerd
    Handler,
    /// Uploads as fast as they go, in Chromium
    Uploads,
    /// Photographs over a telephone's link, and a long film looked into, in Chromium
    Prepare,
}

/// Builds everything, and prints tables of medians: of the parts that are `chosen`, or of all when
/// none is.
pub fn run(chosen: &[Part], rounds: u32) -> Result<()> {
    package::build()?;
    apt::ensure(apt::BROWSERS)?;
    apt::ensure(apt::MEDIA)?;
    let emulator = emulator::start_optimised(0)?;
    for part in Part::value_variants() {
        if chosen.is_empty() || chosen.contains(part) {
            part.run(rounds, &emulator)?;
        }
    }
    Ok(())
}

impl Part {
    fn run(self, rounds: u32, emulator: &Server) -> Result<()> {
        let (what, path, rounds) = match self {
            Self::Handler => ("tokens in workerd", "bench/handler/run.js", rounds),
            Self::Uploads => ("uploads in Chromium", "bench/run.js", rounds),
            Self::Prepare => (
                "photographs over a slow link",
                "bench/prepare/run.js",
                PHOTO_ROUNDS,
            ),
        };
        let mut node = Command::new("node");
        node.args([path, "--rounds", &rounds.to_string()]);
        emulator::tell(&mut node, emulator);
        step(format!("{rounds} rounds of {what}"), || {
            shown(node, Duration::from_hours(2))?.ensure().map(drop)
        })
    }
}

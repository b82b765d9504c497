//! `cargo xtask bench`: the package beside raw fetch and the usual libraries, in Chromium.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::console::step;
use crate::process::shown;
use crate::setup::apt;
use crate::{emulator, package};

/// How many rounds there are where nothing is said of it.
pub const ROUNDS: u32 = 12;
/// The fewest whose median the project stands by.
pub const FEWEST: i64 = 7;

/// Builds everything, and prints a table of medians.
pub fn run(rounds: u32) -> Result<()> {
    package::build()?;
    apt::ensure(apt::BROWSERS)?;
    let emulator = emulator::start_optimised(0)?;
    let mut node = Command::new("node");
    node.args(["bench/run.js", "--rounds", &rounds.to_string()]);
    emulator::tell(&mut node, &emulator);
    step(format!("{rounds} rounds of uploads in Chromium"), || {
        shown(node, Duration::from_hours(2))?.ensure().map(drop)
    })
}

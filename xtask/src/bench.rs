//! `cargo xtask bench`: the package beside raw fetch and the usual libraries, in Chromium, and its
//! handler beside a Worker written by hand, in workerd.

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

/// Builds everything, and prints tables of medians.
pub fn run(rounds: u32) -> Result<()> {
    package::build()?;
    apt::ensure(apt::BROWSERS)?;
    let emulator = emulator::start_optimised(0)?;
    step(format!("{rounds} rounds of tokens in workerd"), || {
        run_script(script("bench/handler/run.js", rounds))
    })?;
    let mut uploads = script("bench/run.js", rounds);
    emulator::tell(&mut uploads, &emulator);
    step(format!("{rounds} rounds of uploads in Chromium"), || {
        run_script(uploads)
    })
}

fn script(path: &str, rounds: u32) -> Command {
    let mut node = Command::new("node");
    node.args([path, "--rounds", &rounds.to_string()]);
    node
}

fn run_script(node: Command) -> Result<()> {
    shown(node, Duration::from_hours(2))?.ensure().map(drop)
}

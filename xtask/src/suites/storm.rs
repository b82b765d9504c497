//! The storm: many uploads through scripted faults, in Node and in Chromium.

use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::emulator;
use crate::process::shown;
use crate::server::Server;
use crate::setup::apt;

const LIMIT: Duration = Duration::from_mins(20);

/// Runs `uploads` of them, and a part as many in Chromium; `seed` gives the weather of an earlier
/// storm again.
pub fn run(report: &mut Report, package: &Package, uploads: u32, seed: Option<u32>) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::BROWSERS)?;
    let seed = seed.unwrap_or_else(another_seed);

    let emulator = emulator::start(0)?;
    let node = storm("tests/fault-injection/node.js", &emulator, uploads, seed);
    report.step("the storm in Node", || shown(node, LIMIT));
    drop(emulator);

    // Chromium by itself repeats a request whose kept connection was reset, a message too.
    let emulator = emulator::start_with(0, &["--no-keep-alive"])?;
    let uploads = in_chromium(uploads);
    let chromium = storm(
        "tests/fault-injection/chromium.js",
        &emulator,
        uploads,
        seed,
    );
    report.step("the storm in Chromium", || shown(chromium, LIMIT));
    let lasting = storm("tests/fault-injection/memory.js", &emulator, uploads, seed);
    report.step("a thousand uploads in one page", || shown(lasting, LIMIT));
    Ok(())
}

/// A browser has six connections to one host, where Node has as many as it likes.
fn in_chromium(uploads: u32) -> u32 {
    uploads.saturating_mul(3).div_ceil(10)
}

fn storm(script: &str, emulator: &Server, uploads: u32, seed: u32) -> Command {
    let mut node = Command::new("node");
    node.args([script, "--uploads", &uploads.to_string()]);
    node.args(["--seed", &seed.to_string()]);
    emulator::tell(&mut node, emulator);
    node
}

/// Short enough to be typed again.
fn another_seed() -> u32 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default().subsec_micros()
}

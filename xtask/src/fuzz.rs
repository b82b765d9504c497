//! `cargo xtask fuzz`: each parser of media files against files that libFuzzer makes up.

pub mod seeds;

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::console::step;
use crate::process::{Ended, shown};
use crate::setup::{self, target_folder};

/// How long a target runs where nothing is said of it.
pub const SECONDS: u32 = 60;

const BUILD_LIMIT: Duration = Duration::from_mins(20);
/// A file that takes a parser this many seconds is a hang.
const SLOWEST: u32 = 5;

/// Runs `chosen` targets, or all when none is chosen, each for so many seconds.
pub fn run(chosen: &[String], seconds: u32) -> Result<()> {
    let all = targets()?;
    for target in chosen {
        ensure!(
            all.contains(target),
            "no target {target}; there are {}",
            all.join(", ")
        );
    }
    build()?;
    let chosen = if chosen.is_empty() { &all } else { chosen };
    for target in chosen {
        step(format!("{target}, for {seconds} s"), || {
            fuzz(target, seconds)?.ensure().map(drop)
        })?;
    }
    Ok(())
}

/// The names of all targets, in order.
pub fn targets() -> Result<Vec<String>> {
    let folder = fs::read_dir("fuzz/fuzz_targets").context("could not read fuzz/fuzz_targets")?;
    let mut names = Vec::new();
    for file in folder {
        let name = file?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// Builds all targets.
pub fn build() -> Result<()> {
    let build = cargo_fuzz("build")?;
    step("building the fuzz targets", || {
        shown(build, BUILD_LIMIT)?.ensure().map(drop)
    })
}

/// Runs one target on its seeds and what comes of them. What it learns is kept beside the build; a
/// file that breaks it goes to `fuzz/artifacts`.
pub fn fuzz(target: &str, seconds: u32) -> Result<Ended> {
    let learnt = target_folder()?.join("fuzz/corpus").join(target);
    fs::create_dir_all(&learnt)?;
    let mut fuzz = cargo_fuzz("run")?;
    fuzz.arg(target).arg(learnt).arg(seeds::folder(target));
    fuzz.arg("--").args([
        format!("-max_total_time={seconds}"),
        format!("-timeout={SLOWEST}"),
        "-verbosity=0".to_owned(),
        "-print_funcs=0".to_owned(),
        "-print_final_stats=1".to_owned(),
    ]);
    let limit = Duration::from_secs(u64::from(seconds)) + BUILD_LIMIT;
    shown(fuzz, limit)
}

fn cargo_fuzz(what: &str) -> Result<Command> {
    let mut fuzz = setup::fuzzer()?;
    // The code is safe Rust, which leaves a sanitizer nothing to find, and without one the stable
    // compiler will do.
    fuzz.args(["fuzz", what, "--sanitizer", "none", "--target-dir"]);
    fuzz.arg(target_folder()?.join("fuzz"));
    Ok(fuzz)
}

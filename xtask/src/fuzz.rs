//! `cargo xtask fuzz`: each parser of media files against files that libFuzzer generates.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::console::step;
use crate::process::{cmd, quiet, shown};
use crate::setup::{apt, target_folder, tools, with_tools};

/// How long a target runs by default.
pub const SECONDS: u32 = 60;

const BUILD_LIMIT: Duration = Duration::from_mins(20);

/// Runs `chosen` targets, or all when none is chosen, each for `seconds`.
pub fn run(chosen: &[String], seconds: u32) -> Result<()> {
    build()?;
    let all = targets()?;
    for target in if chosen.is_empty() { &all } else { chosen } {
        step(format!("{target}, for {seconds} s"), || {
            fuzz(target, seconds)
        })?;
    }
    Ok(())
}

/// The names of all targets.
pub fn targets() -> Result<Vec<String>> {
    let list = with_tools(cmd!("cargo fuzz list"), &[tools::CARGO_FUZZ])?;
    let names = quiet(list, Duration::from_mins(1))?;
    Ok(names.lines().map(str::to_owned).collect())
}

/// Builds all targets.
pub fn build() -> Result<()> {
    apt::ensure(apt::FUZZING)?;
    let build = cargo_fuzz("build", &[])?;
    step("building the fuzz targets", || shown(build, BUILD_LIMIT))
}

/// Runs one target on its seeds and on files derived from them. What it learns is kept beside the build; a
/// file that breaks it goes to `fuzz/artifacts`.
pub fn fuzz(target: &str, seconds: u32) -> Result<()> {
    let corpus = target_folder()?.join("fuzz/corpus").join(target);
    fs_err::create_dir_all(&corpus)?;
    let corpus = corpus.display().to_string();
    let (seeds, time) = (
        format!("fuzz/corpus/{target}"),
        format!("-max_total_time={seconds}"),
    );
    let libfuzzer = "-timeout=5 -verbosity=0 -print_funcs=0 -print_final_stats=1";
    let mut arguments = vec![target, &corpus, &seeds, "--", &time];
    arguments.extend(libfuzzer.split(' '));
    let limit = Duration::from_secs(u64::from(seconds)) + BUILD_LIMIT;
    shown(cargo_fuzz("run", &arguments)?, limit)
}

fn cargo_fuzz(verb: &str, arguments: &[&str]) -> Result<Command> {
    let folder = target_folder()?.join("fuzz");
    // The code is safe Rust, in which a sanitizer would find nothing; without one, stable Rust is enough.
    let cargo = cmd!("cargo fuzz {verb} --sanitizer none --target-dir {folder} {arguments...}");
    with_tools(cargo, &[tools::CARGO_FUZZ])
}

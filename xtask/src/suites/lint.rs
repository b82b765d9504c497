//! What tools can say about the code without running it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::console::coloured;
use crate::process::shown;
use crate::setup::{Workbench, cargo, node, target_folder};

const LIMIT: Duration = Duration::from_mins(20);
const FUZZ: &str = "fuzz/Cargo.toml";

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    let mut format = cargo()?;
    format.args(["fmt", "--all", "--check"]);
    report.step("cargo fmt", || shown(format, LIMIT));

    let mut clippy = cargo()?;
    clippy.args(["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"]);
    report.step("clippy", || shown(clippy, LIMIT));

    let mut clippy = cargo()?;
    clippy.args(["clippy", "--package", "divar-chat-media", "--lib"]);
    clippy.args(["--no-default-features", "--", "-Dwarnings"]);
    report.step("clippy for pages", || shown(clippy, LIMIT));

    let mut clippy = cargo()?;
    clippy.args(["clippy", "--package", "divar-media-wasm"]);
    clippy.args(["--no-default-features", "--", "-Dwarnings"]);
    report.step("clippy without films", || shown(clippy, LIMIT));

    let mut format = cargo()?;
    format.args(["fmt", "--check", "--manifest-path", FUZZ]);
    report.step("cargo fmt of the fuzz targets", || shown(format, LIMIT));

    let clippy = clippy_for_fuzzing()?;
    report.step("clippy of the fuzz targets", || shown(clippy, LIMIT));

    let clippy = clippy_for_wasm(&Workbench::for_building()?)?;
    report.step("clippy for wasm", || shown(clippy, LIMIT));

    node::ensure()?;
    let mut biome = node::program("biome");
    biome.args(["ci", "--error-on-warnings"]);
    biome.arg(if coloured() {
        "--colors=force"
    } else {
        "--colors=off"
    });
    report.step("biome", || shown(biome, LIMIT));

    // The demo is checked against the package's types, which the build writes.
    package.ensure()?;
    for folder in ["www", "tests"] {
        if Path::new(folder).join("tsconfig.json").exists() {
            let mut typescript = node::program("tsc");
            typescript.args(["--noEmit", "--project", folder]);
            report.step(&format!("TypeScript in {folder}"), || {
                shown(typescript, LIMIT)
            });
        }
    }
    Ok(())
}

fn clippy_for_fuzzing() -> Result<Command> {
    let mut clippy = cargo()?;
    clippy.args(["clippy", "--manifest-path", FUZZ, "--all-targets"]);
    clippy.args(["--", "-Dwarnings"]);
    // What is not linked need not be compiled.
    clippy.env("CUSTOM_LIBFUZZER_PATH", "none/libfuzzer.a");
    Ok(clippy)
}

fn clippy_for_wasm(workbench: &Workbench) -> Result<Command> {
    let mut clippy = workbench.command("cargo");
    clippy.args([
        "clippy",
        "--target",
        "wasm32-unknown-unknown",
        "--all-targets",
    ]);
    clippy.args(["--package", "divar-chat-media", "--", "-Dwarnings"]);
    clippy.env("CARGO_TARGET_DIR", target_folder()?.join("wasm-tests"));
    Ok(clippy)
}

//! The steps of the suites that are lists of commands.

use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;

use super::{LIMIT, Report, node_tests};
use crate::console::{coloured, step};
use crate::demo::{self, build_page, wrangler};
use crate::emulator::{Emulator, NO_KEEP_ALIVE, Profile};
use crate::process::{cmd, describe, quiet, shown};
use crate::setup::{apt, for_wasm, node, target_folder, tools, with_folders, with_tools};
use crate::{fuzz, package};

/// Enough to read the seeds and to find what is near them.
const FUZZ_SECONDS: u32 = 5;

/// How many uploads a storm has by default.
pub const STORM_UPLOADS: u32 = 1000;

pub fn lint(report: &mut Report) -> Result<()> {
    let mut fuzz = cmd!("cargo clippy --manifest-path fuzz/Cargo.toml --all-targets -- -Dwarnings");
    // Clippy links nothing, so libFuzzer need not be compiled.
    fuzz.env("CUSTOM_LIBFUZZER_PATH", "none/libfuzzer.a");
    let wasm = cmd!(
        "cargo clippy -p divar-chat-media --target wasm32-unknown-unknown --all-targets -- -Dwarnings"
    );
    let mut wasm = for_wasm(wasm, &[])?;
    wasm.env("CARGO_TARGET_DIR", target_folder()?.join("wasm-tests"));
    let colours = if coloured() { "force" } else { "off" };
    for command in [
        cmd!("cargo fmt --all --check"),
        cmd!("cargo fmt --check --manifest-path fuzz/Cargo.toml"),
        cmd!("cargo clippy --workspace --all-targets -- -Dwarnings"),
        cmd!("cargo clippy -p divar-chat-media --lib --no-default-features -- -Dwarnings"),
        cmd!("cargo clippy -p divar-media-wasm --no-default-features -- -Dwarnings"),
        fuzz,
        wasm,
        cmd!("node_modules/.bin/biome ci --error-on-warnings --colors={colours}"),
        cmd!("node_modules/.bin/tsc --noEmit --project www"),
    ] {
        report.command(&describe(&command), command);
    }
    Ok(())
}

pub fn unit(report: &mut Report) -> Result<()> {
    report.command("cargo test", cmd!("cargo test --workspace --no-fail-fast"));
    Ok(())
}

pub fn fuzz(report: &mut Report) -> Result<()> {
    for target in fuzz::targets()? {
        report.step(&target, || fuzz::fuzz(&target, FUZZ_SECONDS));
    }
    Ok(())
}

pub fn packaging(report: &mut Report) -> Result<()> {
    build_page()?;
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let tarball = step("packing the package", || {
        package::pack(Path::new("."), folder)
    })?;
    let mut files = node_tests("tests/packaging")?;
    files.env("DIVAR_TARBALL", &tarball);
    report.command("what is in the package", files);
    let publint = cmd!("node_modules/.bin/publint --strict {tarball}");
    report.command("publint", publint);
    let types = cmd!("node_modules/.bin/attw --no-emoji --format ascii {tarball}");
    report.command("arethetypeswrong", types);
    let mut deploy = wrangler()?;
    deploy
        .args(["deploy", "--dry-run", "--outdir"])
        .arg(folder.join("demo"));
    report.command("wrangler deploy --dry-run", deploy);
    Ok(())
}

pub fn docs(report: &mut Report) -> Result<()> {
    report.command("code and links", node_tests("tests/docs")?);
    for (what, command) in references()? {
        report.command(what, command);
    }
    Ok(())
}

/// Builds the package, and writes both references into the target folder.
pub fn write_references() -> Result<()> {
    package::build()?;
    for (what, command) in references()? {
        step(what, || quiet(command, LIMIT))?;
    }
    Ok(())
}

/// The API reference, from the declarations of the built package, and the documentation of the crates.
fn references() -> Result<[(&'static str, Command); 2]> {
    let package = cmd!("npm run --silent build --workspace docs/reference");
    let mut crates = cmd!("cargo doc --workspace --no-deps");
    crates.env("RUSTDOCFLAGS", "-Dwarnings");
    Ok([
        ("the package's reference", package),
        ("the crates' reference", crates),
    ])
}

pub fn clients(report: &mut Report) -> Result<()> {
    let tests = node_tests("tests/clients")?;
    report.command("requests, curl, OpenAPI", Emulator::start(&[])?.env(tests));
    Ok(())
}

pub fn media(report: &mut Report) -> Result<()> {
    for (what, folder) in [
        ("exiftool, ffmpeg, libjpeg, Chromium", "tests/media"),
        ("pictures redrawn, voices recorded", "tests/prepare"),
    ] {
        let tests = with_tools(node_tests(folder)?, &[tools::GECKODRIVER])?;
        report.command(what, tests);
    }
    Ok(())
}

pub fn examples(report: &mut Report) -> Result<()> {
    step(
        "packing the package and installing it in the examples",
        || {
            let packed = tempfile::tempdir()?;
            let tarball = package::pack(Path::new("."), packed.path())?;
            let mut npm = cmd!(
                "npm install --no-save --no-audit --no-fund --prefer-offline --loglevel=error {tarball}"
            );
            npm.current_dir(node::EXAMPLES);
            quiet(npm, LIMIT)
        },
    )?;
    // A browser sends a request again whose kept connection was reset, a message too.
    let emulator = Emulator::start(NO_KEEP_ALIVE)?;
    // The examples start wrangler by themselves.
    let node = node::for_wrangler()?.with_file_name("");
    let tests = with_folders(node_tests("tests/examples")?, vec![node])?;
    report.command("each example", emulator.env(tests));
    Ok(())
}

pub fn relay(report: &mut Report) -> Result<()> {
    let emulator = Profile::Release.start(0, &[])?;
    let tests = emulator.env(node_tests("tests/relay")?);
    report.command("the relay's memory in workerd", tests);
    Ok(())
}

/// Sends `uploads` files in Node and 30 % as many in Chromium, which has six connections to one host. The
/// same seed reproduces the same faults.
pub fn storm(report: &mut Report, uploads: u32, seed: Option<u32>) -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let seed = seed.unwrap_or(now.subsec_micros()).to_string();
    let in_chromium = uploads.saturating_mul(3).div_ceil(10);
    for (what, script, uploads, options) in [
        ("the storm in Node", "node", uploads, &[][..]),
        (
            "the storm in Chromium",
            "chromium",
            in_chromium,
            NO_KEEP_ALIVE,
        ),
        (
            "a thousand uploads in one page",
            "memory",
            in_chromium,
            NO_KEEP_ALIVE,
        ),
    ] {
        let emulator = Emulator::start(options)?;
        let uploads = uploads.to_string();
        let node = cmd!("node tests/fault-injection/{script}.js --uploads {uploads} --seed {seed}");
        report.command(what, emulator.env(node));
    }
    Ok(())
}

pub fn demo(report: &mut Report) -> Result<()> {
    let emulator = Emulator::start(&[])?;
    let demo = demo::start(&emulator, 0)?;
    let mut tests = with_tools(node_tests("tests/demo")?, &[tools::GECKODRIVER])?;
    tests.env("DEMO_URL", &demo.url);
    report.command("the demo in Chromium and Firefox", emulator.env(tests));
    let (node, url) = (node::for_wrangler()?, &demo.url);
    let lighthouse = cmd!("{node} tests/demo/lighthouse.js {url}");
    report.command("the demo in Lighthouse, on a phone", lighthouse);
    Ok(())
}

/// Writes pictures of the demo's main states into `folder`.
pub fn screenshots(folder: &Path) -> Result<()> {
    package::build()?;
    apt::ensure(apt::BROWSERS)?;
    Profile::Debug.build()?;
    let emulator = Emulator::start(&[])?;
    let demo = demo::start(&emulator, 0)?;
    let mut script = cmd!("node tests/demo/screenshots.js {folder}");
    script.env("DEMO_URL", &demo.url);
    shown(emulator.env(script), LIMIT)
}

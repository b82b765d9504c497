//! The crate's own tests in three browser engines, against the emulator.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::nudge::Nudge;
use super::report::Report;
use crate::emulator;
use crate::process::shown;
use crate::server::{Server, free_port};
use crate::setup::{Workbench, apt, target_folder};

const LIMIT: Duration = Duration::from_mins(20);
/// Seconds that the tests of one file have in one browser.
const FILE_LIMIT: &str = "300";
/// The address is compiled into the tests: where it stays the same, they are not compiled again.
const EMULATOR_PORT: u16 = 9311;

pub fn run(report: &mut Report) -> Result<()> {
    let workbench = Workbench::for_browsers()?;
    apt::ensure(apt::BROWSERS)?;
    let emulator = emulator::start_with(EMULATOR_PORT, &["--no-keep-alive"])?;
    for (name, arguments) in [
        (
            "Chromium",
            &["wasm-pack", "test", "--headless", "--chrome"][..],
        ),
        ("Firefox", &["wasm-pack", "test", "--headless", "--firefox"]),
        ("WebKit", WEBKIT),
    ] {
        let port = free_port(0)?;
        let command = wasm_pack(&workbench, &emulator, arguments, port)?;
        let _nudge = Nudge::start(port);
        report.step(name, || shown(command, LIMIT));
    }
    Ok(())
}

/// What stands for Safari is driven as Safari is; it needs a display, if only a made-up one.
const WEBKIT: &[&str] = &[
    "xvfb-run",
    "--auto-servernum",
    "wasm-pack",
    "test",
    "--headless",
    "--safari",
    "--safaridriver",
    "/usr/bin/WebKitWebDriver",
];

/// The tests in one browser, which loads them from `port`.
fn wasm_pack(
    workbench: &Workbench,
    emulator: &Server,
    arguments: &[&str],
    port: u16,
) -> Result<Command> {
    let mut command = workbench.command(arguments[0]);
    command.args(&arguments[1..]);
    command.env("CARGO_TARGET_DIR", target_folder()?.join("wasm-tests"));
    command.env("WASM_BINDGEN_TEST_TIMEOUT", FILE_LIMIT);
    command.env("WASM_BINDGEN_TEST_ADDRESS", format!("127.0.0.1:{port}"));
    // WebKit's sandbox does not start for root, nor in most containers.
    command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    emulator::tell(&mut command, emulator);
    Ok(command)
}

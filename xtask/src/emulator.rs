//! The emulator, built and started.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::console::step;
use crate::process::quiet;
use crate::server::{Server, free_port};
use crate::setup::{cargo, target_folder};

/// The key that the emulator takes from tests and the demo: made up, and easy to search for.
pub const KEY: &str = "emulated-key-of-no-app";

/// Starts the emulator on `port`, or on a free one when that is taken.
pub fn start(port: u16) -> Result<Server> {
    start_with(port, &[])
}

/// As [`start`], with more of the emulator's own options.
pub fn start_with(port: u16, more: &[&str]) -> Result<Server> {
    step("building the emulator", || build("dev"))?;
    launch(port, "debug", more)
}

/// As [`start`], but optimised: hashing takes a debug build longer than sending takes a browser.
pub fn start_optimised(port: u16) -> Result<Server> {
    step("building the emulator, optimised", || build("release"))?;
    launch(port, "release", &[])
}

fn build(profile: &str) -> Result<()> {
    let mut build = cargo()?;
    build.args(["build", "--quiet", "--package", "divar-emulator"]);
    build.args(["--profile", profile]);
    quiet(build, Duration::from_mins(20)).map(drop)
}

/// Starts what cargo has left in `folder` of its target folder.
fn launch(port: u16, folder: &str, more: &[&str]) -> Result<Server> {
    step("starting the emulator", || {
        let port = free_port(port)?;
        let program = target_folder()?.join(folder).join("divar-emulator");
        let mut emulator = Command::new(program);
        emulator.args(["--listen", &format!("127.0.0.1:{port}"), "--api-key", KEY]);
        emulator.args(more);
        Server::start(
            "emulator",
            emulator,
            port,
            "/__emulator/",
            Duration::from_secs(30),
        )
    })
}

/// Tells `command` where the emulator is and which key it takes.
pub fn tell(command: &mut Command, emulator: &Server) {
    command
        .env("DIVAR_EMULATOR_URL", &emulator.url)
        .env("DIVAR_EMULATOR_KEY", KEY);
}

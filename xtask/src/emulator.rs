//! The emulator of Divar's chat, built and started.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::console::step;
use crate::process::{cmd, quiet};
use crate::server::{Server, free_port};
use crate::setup::target_folder;

/// The key that the emulator accepts from tests and the demo: made up, and easy to search for.
pub const KEY: &str = "emulated-key-of-no-app";

/// Browsers by themselves send a request again whose kept connection was reset, a message too.
pub const NO_KEEP_ALIVE: &[&str] = &["--no-keep-alive"];

/// How the emulator is compiled.
#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    Debug,
    /// A debug build hashes a file for longer than a browser sends it.
    Release,
}

impl Profile {
    /// Builds the emulator.
    pub fn build(self) -> Result<()> {
        let (name, note) = match self {
            Self::Debug => ("dev", ""),
            Self::Release => ("release", ", optimised"),
        };
        step(format!("building the emulator{note}"), || {
            let build = cmd!("cargo build --quiet --package divar-emulator --profile {name}");
            quiet(build, Duration::from_mins(20)).map(drop)
        })
    }

    /// Starts a built emulator on `port`, or on a free one when that is taken.
    pub fn start(self, port: u16, options: &[&str]) -> Result<Emulator> {
        let port = free_port(port)?;
        let folder = match self {
            Self::Debug => "debug",
            Self::Release => "release",
        };
        let program = target_folder()?.join(folder).join("divar-emulator");
        let address = format!("127.0.0.1:{port}");
        let emulator = cmd!("{program} --listen {address} --api-key {KEY} {options...}");
        let ready = (port, "/__emulator/");
        let server = Server::start("emulator", emulator, ready, Duration::from_secs(30))?;
        Ok(Emulator { server })
    }
}

/// A running emulator.
pub struct Emulator {
    pub server: Server,
}

impl Emulator {
    /// Starts a debug build on a free port.
    pub fn start(options: &[&str]) -> Result<Self> {
        Profile::Debug.start(0, options)
    }

    /// Adds the emulator's address and key to the environment of `command`.
    pub fn env(&self, mut command: Command) -> Command {
        command.env("DIVAR_EMULATOR_URL", &self.server.url);
        command.env("DIVAR_EMULATOR_KEY", KEY);
        command
    }
}

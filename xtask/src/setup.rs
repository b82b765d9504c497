//! What the other commands need on this machine, and how it gets there.

pub mod apt;
mod cache;
pub mod node;
mod tools;
mod wasm;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::process::quiet;
use tools::Tool;
pub use tools::locked_version;
use wasm::Toolchain;

/// Installs all that any of the commands needs.
pub fn everything() -> Result<()> {
    node::ensure()?;
    node::ensure_in(node::EXAMPLES)?;
    Workbench::for_browsers()?;
    fuzzer()?;
    auditor()?;
    apt::ensure(apt::BROWSERS)?;
    apt::ensure(apt::EXAMPLES)?;
    apt::ensure(apt::MEDIA)
}

/// The Rust that compiles to wasm, and the tools around it.
pub struct Workbench {
    toolchain: Toolchain,
    path: OsString,
}

impl Workbench {
    /// What building the package takes.
    pub fn for_building() -> Result<Self> {
        let toolchain = wasm::ensure()?;
        let folders = [Tool::wasm_pack().ensure()?, Tool::wasm_bindgen()?.ensure()?];
        Ok(Self {
            toolchain,
            path: path_with(&folders)?,
        })
    }

    /// What testing in browsers takes, the browsers themselves apart.
    pub fn for_browsers() -> Result<Self> {
        let Self { toolchain, path } = Self::for_building()?;
        let mut folders = vec![Tool::geckodriver().ensure()?];
        folders.extend(env::split_paths(&path));
        Ok(Self {
            toolchain,
            path: env::join_paths(folders)?,
        })
    }

    /// `program`, which finds this toolchain and these tools.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.path);
        self.toolchain.apply(&mut command);
        command
    }

    /// What the compiler says of its version.
    pub fn rustc_version(&self) -> Result<String> {
        let mut rustc = self.command("rustc");
        rustc.arg("--version");
        Ok(quiet(rustc, Duration::from_mins(1))?.trim().to_owned())
    }

    /// Lets another program find these tools.
    pub fn lend_path(&self, command: &mut Command) {
        command.env("PATH", &self.path);
    }
}

/// cargo with its command for fuzzing.
pub fn fuzzer() -> Result<Command> {
    apt::ensure(apt::FUZZING)?;
    let mut cargo = Command::new("cargo");
    cargo.env("PATH", path_with(&[Tool::cargo_fuzz().ensure()?])?);
    Ok(cargo)
}

/// cargo with its command that judges the crates.
pub fn auditor() -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo.env("PATH", path_with(&[Tool::cargo_deny().ensure()?])?);
    Ok(cargo)
}

/// PATH with `folders` in front.
fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(
        folders.iter().cloned().chain(env::split_paths(&path)),
    )?)
}

/// cargo's target folder: the one that this program was built into.
pub fn target_folder() -> Result<PathBuf> {
    let program = env::current_exe()?;
    match program.parent().and_then(Path::parent) {
        Some(folder) => Ok(folder.to_owned()),
        None => bail!("start this by `cargo xtask`: it must lie in cargo's target folder"),
    }
}

/// cargo with the toolchain that runs us, building into the target folder that we came from.
pub fn cargo() -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo.env("CARGO_TARGET_DIR", target_folder()?);
    Ok(cargo)
}

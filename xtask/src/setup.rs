//! What the other commands need on this machine, and its installation.

pub mod apt;
pub mod node;
pub mod tools;
mod wasm;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::cmd;
use tools::Tool;

/// Installs all that any of the commands needs.
pub fn everything() -> Result<()> {
    node::ensure(".")?;
    node::ensure(node::EXAMPLES)?;
    wasm::apply(&mut cmd!("rustc"))?;
    for tool in tools::ALL {
        tool.ensure()?;
    }
    for packages in apt::ALL {
        apt::ensure(packages)?;
    }
    Ok(())
}

/// `command` with the programs of `tools` in its PATH.
pub fn with_tools(command: Command, tools: &[Tool]) -> Result<Command> {
    let folders: Result<Vec<_>> = tools.iter().map(|tool| tool.ensure()).collect();
    with_folders(command, folders?)
}

/// `command` with `folders` at the head of its PATH.
pub fn with_folders(mut command: Command, mut folders: Vec<PathBuf>) -> Result<Command> {
    let path = env::var_os("PATH").unwrap_or_default();
    folders.extend(env::split_paths(&path));
    command.env("PATH", env::join_paths(folders)?);
    Ok(command)
}

/// `command` with the Rust that compiles to WebAssembly, its tools, and the programs of `tools`.
pub fn for_wasm(mut command: Command, tools: &[Tool]) -> Result<Command> {
    wasm::apply(&mut command)?;
    let tools = [&[tools::WASM_PACK, tools::WASM_BINDGEN], tools].concat();
    with_tools(command, &tools)
}

/// cargo's target folder: the one that this program was built into.
pub fn target_folder() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let folder = program.parent().and_then(Path::parent);
    let folder = folder.context("start this by `cargo xtask`: it must lie in a target folder")?;
    Ok(folder.to_owned())
}

//! `cargo xtask docs`: the reference of the package and of the crates.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::console::step;
use crate::package;
use crate::process::{cmd, quiet};

const LIMIT: Duration = Duration::from_mins(10);

/// Builds the package, and both references into the target folder.
pub fn run() -> Result<()> {
    package::build()?;
    step("describing the package in target/docs", || {
        quiet(typedoc()?, LIMIT)
    })?;
    step("describing the crates in target/doc", || {
        quiet(rustdoc()?, LIMIT)
    })?;
    Ok(())
}

/// The API reference, from the declarations of the built package.
pub fn typedoc() -> Result<Command> {
    Ok(cmd!("npm run --silent build --workspace docs/reference"))
}

/// The documentation of the crates.
pub fn rustdoc() -> Result<Command> {
    let mut rustdoc = cmd!("cargo doc --workspace --no-deps");
    rustdoc.env("RUSTDOCFLAGS", "-Dwarnings");
    Ok(rustdoc)
}

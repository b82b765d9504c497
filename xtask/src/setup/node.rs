//! Node, and the npm packages of the workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};

use super::apt::on_path;
use crate::console::step;
use crate::process::quiet;

/// The oldest Node that the project's own scripts run on.
const OLDEST: u32 = 20;
/// The oldest Node that wrangler runs on.
const OLDEST_FOR_WRANGLER: u32 = 22;
const LIMIT: Duration = Duration::from_mins(15);

/// Installs the npm packages that package-lock.json names, unless they are there.
pub fn ensure() -> Result<()> {
    let major = major_version()?;
    if major < OLDEST {
        bail!("Node {major} is too old: install Node {OLDEST} or later");
    }
    if up_to_date() {
        return Ok(());
    }
    step("installing npm packages", || {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        quiet(npm, LIMIT).map(drop)
    })
}

/// npm writes a lock file of its own when it has installed everything.
fn up_to_date() -> bool {
    match (
        modified("package-lock.json"),
        modified("node_modules/.package-lock.json"),
    ) {
        (Ok(wanted), Ok(installed)) => installed >= wanted,
        _ => false,
    }
}

fn modified(path: &str) -> Result<SystemTime> {
    Ok(fs::metadata(path)?.modified()?)
}

fn major_version() -> Result<u32> {
    let mut node = Command::new("node");
    node.arg("--version");
    let version = quiet(node, LIMIT).context("this needs Node 20 or later, with npm")?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    major
        .and_then(|digits| digits.parse().ok())
        .with_context(|| format!("`node --version` said {version:?}, which is no version"))
}

/// A Node that wrangler runs on: the system's, or the npm package of that name.
pub fn for_wrangler() -> Result<PathBuf> {
    if major_version()? >= OLDEST_FOR_WRANGLER
        && let Some(node) = on_path("node")
    {
        return Ok(node);
    }
    Ok(Path::new("node_modules/node/bin/node").canonicalize()?)
}

/// A program that an npm package brings.
pub fn program(name: &str) -> Command {
    Command::new(Path::new("node_modules/.bin").join(name))
}

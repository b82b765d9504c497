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

/// A project of its own, so that the workspace need not wait for Next.js and the like.
pub const EXAMPLES: &str = "examples";

/// Installs the npm packages of the workspace, unless they are there.
pub fn ensure() -> Result<()> {
    ensure_in(".")
}

/// Installs the npm packages that `folder`'s package-lock.json names, unless they are there.
pub fn ensure_in(folder: &str) -> Result<()> {
    let folder = Path::new(folder);
    let major = major_version()?;
    if major < OLDEST {
        bail!("Node {major} is too old: install Node {OLDEST} or later");
    }
    if up_to_date(folder) {
        return Ok(());
    }
    let what = if folder == Path::new(".") {
        "installing npm packages".to_owned()
    } else {
        format!("installing npm packages in {}", folder.display())
    };
    step(what, || {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        npm.current_dir(folder);
        quiet(npm, LIMIT).map(drop)
    })
}

/// npm writes a lock file of its own when it has installed everything.
fn up_to_date(folder: &Path) -> bool {
    match (
        modified(&folder.join("package-lock.json")),
        modified(&folder.join("node_modules/.package-lock.json")),
    ) {
        (Ok(wanted), Ok(installed)) => installed >= wanted,
        _ => false,
    }
}

fn modified(path: &Path) -> Result<SystemTime> {
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

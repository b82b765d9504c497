//! Node, and the npm packages of the workspace.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fs_err as fs;

use crate::console::step;
use crate::process::{cmd, quiet};

/// The oldest Node that the project's own scripts run on.
const OLDEST: u32 = 20;
/// The oldest Node that wrangler runs on.
const OLDEST_FOR_WRANGLER: u32 = 22;
const LIMIT: Duration = Duration::from_mins(15);

/// A project of its own, so that the workspace need not wait for Next.js and the like.
pub const EXAMPLES: &str = "examples";

/// Installs the npm packages that `folder`'s package-lock.json names, unless they are there.
pub fn ensure(folder: &str) -> Result<()> {
    let major = major_version()?;
    ensure!(
        major >= OLDEST,
        "Node {major} is too old: install Node {OLDEST} or later"
    );
    let modified = |file: &str| fs::metadata(Path::new(folder).join(file))?.modified();
    let wanted = modified("package-lock.json")?;
    // npm writes it when it has installed everything.
    if modified("node_modules/.package-lock.json").is_ok_and(|installed| installed >= wanted) {
        return Ok(());
    }
    step(format!("installing npm packages in {folder}"), || {
        let mut npm = cmd!("npm ci --no-audit --no-fund --loglevel=error");
        npm.current_dir(folder);
        quiet(npm, LIMIT).map(drop)
    })
}

fn major_version() -> Result<u32> {
    let version =
        quiet(cmd!("node --version"), LIMIT).context("this needs Node 20 or later, with npm")?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    major
        .and_then(|digits| digits.parse().ok())
        .with_context(|| format!("`node --version` said {version:?}, which is no version"))
}

/// A Node that wrangler runs on: the system's, or the npm package of that name.
pub fn for_wrangler() -> Result<PathBuf> {
    if major_version()? >= OLDEST_FOR_WRANGLER {
        return Ok(which::which("node")?);
    }
    Ok(fs::canonicalize("node_modules/node/bin/node")?)
}

//! Node, and the npm packages of the workspace.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fs_err as fs;

use crate::console::step;
use crate::process::{cmd, quiet};

/// The oldest Node that the project's own scripts run on.
const OLDEST: u32 = 20;
const LIMIT: Duration = Duration::from_mins(15);

/// A project of its own, so that the workspace need not wait for Next.js and the like.
pub const EXAMPLES: &str = "examples";

/// Installs the npm packages that `folder`'s package-lock.json names, unless they are there.
pub fn ensure(folder: &str) -> Result<()> {
    let major = cmd!("node --print parseInt(process.versions.node)");
    let major = quiet(major, LIMIT).context("this needs Node 20 or later, with npm")?;
    let major: u32 = major.trim().parse()?;
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

/// A Node that wrangler runs on, which wants a newer one: the npm package of that name.
pub fn for_wrangler() -> Result<PathBuf> {
    Ok(fs::canonicalize("node_modules/node/bin/node")?)
}

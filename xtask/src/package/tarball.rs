//! The built package as npm publishes it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::process::quiet;

/// Packs the package into `folder`, and says where it lies.
pub fn pack(folder: &Path) -> Result<PathBuf> {
    pack_from(Path::new("."), folder)
}

/// The same for the package that was built in another checkout, whose top is `top`.
pub fn pack_from(top: &Path, folder: &Path) -> Result<PathBuf> {
    let folder = folder.canonicalize()?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--workspace", "pkg"]);
    npm.arg("--pack-destination").arg(&folder).current_dir(top);
    let output = quiet(npm, Duration::from_mins(2))?;
    let name = output.lines().last().context("`npm pack` names no file")?;
    Ok(folder.join(name))
}

//! The crates that are compiled into the package's modules.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use cargo_metadata::{MetadataCommand, Package};

use crate::process::{cmd, quiet};

/// Those of a registry in the dependency trees of all modules of the checkout `top`, sorted by name.
pub fn compiled(top: &Path) -> Result<Vec<Package>> {
    // Macros run while compiling only. The output is read, and another cargo may hold the lock: `--quiet`.
    let mut tree = cmd!(
        "cargo tree --quiet --locked --package divar-chat-media --package divar-media-wasm --package divar-heic --target wasm32-unknown-unknown --edges normal,no-proc-macro --prefix none --no-dedupe"
    );
    tree.current_dir(top);
    let tree = quiet(tree, Duration::from_mins(5))?;
    let mut packages = MetadataCommand::new().current_dir(top).exec()?.packages;
    packages.retain(|package| {
        // The crates of this repository have their path behind the version.
        let name = format!("{} v{}", package.name, package.version);
        tree.lines().any(|line| line == name)
    });
    Ok(packages)
}

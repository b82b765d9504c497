//! The crates that are compiled into the package's modules.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::process::{cmd, quiet};

/// The crates of the modules.
const MODULES: [&str; 3] = ["divar-chat-media", "divar-media-wasm", "divar-heic"];

/// A crate from a registry.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crate {
    pub name: String,
    pub version: String,
    /// An SPDX expression.
    pub license: String,
}

/// Those in the dependency trees of all modules of the checkout `top`. Each must name a licence.
pub fn compiled(top: &Path) -> Result<BTreeSet<Crate>> {
    let mut crates = BTreeSet::new();
    for module in MODULES {
        // Macros run while compiling only. The output is read, and another cargo may hold the lock: `--quiet`.
        let mut tree = cmd!(
            "cargo tree --quiet --locked --package {module} --target wasm32-unknown-unknown --edges normal,no-proc-macro --prefix none"
        );
        tree.args(["--format", "{p}\t{l}"]).current_dir(top);
        for line in quiet(tree, Duration::from_mins(5))?.lines() {
            crates.extend(read(line).with_context(|| format!("in cargo's tree: {line:?}"))?);
        }
    }
    Ok(crates)
}

/// Reads a line of cargo's tree. A package with a path is of this repository.
fn read(line: &str) -> Result<Option<Crate>> {
    if line.is_empty() {
        return Ok(None);
    }
    let (package, license) = line.split_once('\t').context("no licence field")?;
    let (name, version) = package.split_once(" v").context("no version")?;
    if version.contains(" (") {
        return Ok(None);
    }
    let license = license.trim_end_matches(" (*)").trim();
    ensure!(!license.is_empty(), "{name} {version} names no licence");
    Ok(Some(Crate {
        name: name.to_owned(),
        version: version.to_owned(),
        // The slash is an old way to write it.
        license: license.replace('/', " OR "),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_crates_of_registries_with_their_licences() -> Result<()> {
        let serde = read("serde v1.0.2\tMIT/Apache-2.0 (*)")?.context("a crate")?;
        let fields = [serde.name, serde.version, serde.license];
        assert_eq!(fields, ["serde", "1.0.2", "MIT OR Apache-2.0"]);
        assert_eq!(read("divar-chat-media v0.1.0 (/a/b)\tMIT")?, None);
        let error = read("bare v1.0.0\t").unwrap_err().to_string();
        assert_eq!(error, "bare 1.0.0 names no licence");
        assert!(read("something else").is_err());
        Ok(())
    }
}

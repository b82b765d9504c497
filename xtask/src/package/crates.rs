//! The crates that are compiled into the package's modules.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::process::quiet;

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

/// Those in the dependency trees of all modules. `cargo` makes a command in the checkout that is built.
///
/// # Errors
///
/// When cargo fails, or when a crate names no licence.
pub fn compiled(cargo: impl Fn() -> Result<Command>) -> Result<BTreeSet<Crate>> {
    let mut crates = BTreeSet::new();
    for module in MODULES {
        let mut tree = cargo()?;
        tree.args(["tree", "--locked", "--package", module]);
        tree.args(["--target", "wasm32-unknown-unknown"]);
        // Macros run while compiling only.
        tree.args(["--edges", "normal,no-proc-macro", "--prefix", "none"]);
        tree.args(["--format", "{p}\t{l}"]);
        crates.extend(read(&quiet(tree, Duration::from_mins(5))?)?);
    }
    Ok(crates)
}

/// Reads cargo's tree. What has a path there is of this repository, and is the package itself.
fn read(tree: &str) -> Result<Vec<Crate>> {
    let lines = tree.lines().filter(|line| !line.is_empty());
    let crates = lines.map(|line| {
        let (package, license) = line
            .split_once('\t')
            .with_context(|| format!("cargo's tree has a line {line:?}"))?;
        let license = license.trim_end_matches(" (*)").trim();
        let (name, version) = package
            .split_once(" v")
            .with_context(|| format!("cargo's tree has a package {package:?}"))?;
        if version.contains(" (") {
            return Ok(None);
        }
        ensure!(!license.is_empty(), "{name} {version} names no licence");
        Ok(Some(Crate {
            name: name.to_owned(),
            version: version.to_owned(),
            // The slash is an old way to write it.
            license: license.replace('/', " OR "),
        }))
    });
    crates.filter_map(Result::transpose).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_read_with_their_licences_and_ours_are_left_out() {
        let tree = "divar-chat-media v0.1.0 (/a/b)\tMIT\nserde v1.0.2\tMIT/Apache-2.0\nold v2.0.0\tMIT (*)\n";
        let wanted = [
            ("serde", "1.0.2", "MIT OR Apache-2.0"),
            ("old", "2.0.0", "MIT"),
        ];
        let wanted = wanted.map(|(name, version, license)| Crate {
            name: name.to_owned(),
            version: version.to_owned(),
            license: license.to_owned(),
        });
        assert_eq!(read(tree).expect("crates"), wanted);
    }

    #[test]
    fn a_crate_without_a_licence_is_an_error() {
        let error = read("bare v1.0.0\t\n").unwrap_err().to_string();
        assert_eq!(error, "bare 1.0.0 names no licence");
        assert!(read("something else\n").is_err());
    }
}

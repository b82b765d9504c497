//! The version of the package, which several files name.

use std::fs;

use anyhow::{Context, Result, ensure};
use semver::Version;

use crate::setup::locked_version;

const NAME: &str = "divar-chat-media";

/// The version that all of them name.
///
/// # Errors
///
/// When they differ, or when it is none of Semantic Versioning.
pub fn agreed() -> Result<Version> {
    let manifest: toml::Table = text("Cargo.toml")?.parse()?;
    let package = json("pkg/package.json")?;
    let lock = json("package-lock.json")?;
    one(&[
        (
            "Cargo.toml",
            string(manifest["package"]["version"].as_str())?,
        ),
        ("Cargo.lock", locked_version(&text("Cargo.lock")?, NAME)?),
        ("pkg/package.json", string(package["version"].as_str())?),
        (
            "package-lock.json",
            string(lock["packages"]["pkg"]["version"].as_str())?,
        ),
    ])
}

fn text(file: &str) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("could not read {file}"))
}

fn json(file: &str) -> Result<serde_json::Value> {
    serde_json::from_str(&text(file)?).with_context(|| format!("{file} is no JSON"))
}

fn string(version: Option<&str>) -> Result<String> {
    Ok(version.context("a file names no version")?.to_owned())
}

fn one(named: &[(&str, String)]) -> Result<Version> {
    let told: Vec<_> = named
        .iter()
        .map(|(file, version)| format!("{file} says {version}"))
        .collect();
    let (_, version) = named.first().context("no file names a version")?;
    ensure!(
        named.iter().all(|(_, other)| other == version),
        "they differ: {}. Write the same into Cargo.toml and pkg/package.json, then run \
         `cargo update --workspace` and `npm install --package-lock-only`",
        told.join(", ")
    );
    Version::parse(version)
        .with_context(|| format!("{version:?} is no version of Semantic Versioning"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(versions: [&'static str; 2]) -> Result<Version> {
        one(&[
            ("Cargo.toml", versions[0].to_owned()),
            ("pkg/package.json", versions[1].to_owned()),
        ])
    }

    #[test]
    fn files_that_name_another_version_are_told_with_it() {
        assert_eq!(
            named(["1.2.3", "1.2.3"]).expect("one"),
            Version::new(1, 2, 3)
        );
        let error = named(["1.2.3", "1.2.4"]).unwrap_err().to_string();
        let wanted = "they differ: Cargo.toml says 1.2.3, pkg/package.json says 1.2.4.";
        assert!(error.starts_with(wanted), "{error}");
    }

    #[test]
    fn what_is_no_semantic_version_is_refused() {
        for version in ["1.2", "v1.2.3", "1.02.3", ""] {
            assert!(named([version, version]).is_err(), "{version}");
        }
    }
}

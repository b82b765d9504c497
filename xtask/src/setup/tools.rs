//! Tools that cargo builds from source: one folder of the cache for each tool and version.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::cache;
use crate::console::{note, step};
use crate::process::shown;

const LIMIT: Duration = Duration::from_mins(30);

/// A crate whose programs are wanted, and its version.
pub struct Tool {
    name: &'static str,
    version: String,
}

impl Tool {
    /// Makes the package and runs its tests in browsers.
    pub fn wasm_pack() -> Self {
        Self {
            name: "wasm-pack",
            version: "0.15.1".to_owned(),
        }
    }

    /// Drives Firefox.
    pub fn geckodriver() -> Self {
        Self {
            name: "geckodriver",
            version: "0.37.1".to_owned(),
        }
    }

    /// Builds fuzz targets with libFuzzer, and runs them.
    pub fn cargo_fuzz() -> Self {
        Self {
            name: "cargo-fuzz",
            version: "0.13.2".to_owned(),
        }
    }

    /// Judges licences, sources and advisories of crates.
    pub fn cargo_deny() -> Self {
        Self {
            name: "cargo-deny",
            version: "0.20.2".to_owned(),
        }
    }

    /// Writes the JavaScript around the module. Its version must be the library's to the digit.
    pub fn wasm_bindgen() -> Result<Self> {
        let text = std::fs::read_to_string("Cargo.lock").context("could not read Cargo.lock")?;
        Ok(Self {
            name: "wasm-bindgen-cli",
            version: locked_version(&text, "wasm-bindgen")?,
        })
    }

    /// Builds the tool if it is not there, and says where its programs are.
    pub fn ensure(&self) -> Result<PathBuf> {
        let folder = format!("tools/{}-{}", self.name, self.version);
        std::fs::create_dir_all(cache::folder()?.join("tools"))?;
        let root = cache::made_once(&folder, |draft| {
            step(
                format!(
                    "building {} {} (some minutes, once)",
                    self.name, self.version
                ),
                || self.install(draft),
            )
        })?;
        Ok(root.join("bin"))
    }

    fn install(&self, root: &Path) -> Result<()> {
        let locked = shown(self.cargo_install(root, &["--locked"]), LIMIT)?;
        // A registry's mirror may lag behind what the crate's own lock file names.
        if locked.output.contains("failed to select a version") {
            note("the registry lacks a version that the tool's lock file names: taking what fits");
            return shown(self.cargo_install(root, &[]), LIMIT)?
                .ensure()
                .map(drop);
        }
        locked.ensure().map(drop)
    }

    fn cargo_install(&self, root: &Path, how: &[&str]) -> Command {
        let mut cargo = Command::new("cargo");
        cargo
            .args(["install", self.name, "--version", &self.version, "--root"])
            .arg(root);
        cargo.args(how).current_dir(root);
        cargo
    }
}

/// The version of the package `name` in the text of a `Cargo.lock`.
pub fn locked_version(lock: &str, name: &str) -> Result<String> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is not TOML")?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let versions: Vec<_> = packages
        .into_iter()
        .flatten()
        .filter(|package| package.get("name").and_then(toml::Value::as_str) == Some(name))
        .filter_map(|package| package.get("version")?.as_str())
        .collect();
    match versions[..] {
        [version] => Ok(version.to_owned()),
        [] => bail!("Cargo.lock has no package {name}: run `cargo update --workspace`"),
        _ => bail!(
            "Cargo.lock has {name} in several versions: {}",
            versions.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
        version = 4
        [[package]]
        name = "wasm-bindgen-futures"
        version = "0.4.80"
        [[package]]
        name = "wasm-bindgen"
        version = "0.2.130"
        dependencies = ["cfg-if"]
    "#;

    #[test]
    fn the_locked_version_is_that_of_the_package_with_exactly_this_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").unwrap(), "0.2.130");
    }

    #[test]
    fn two_versions_of_one_package_are_a_mistake_that_is_told() {
        let twice = format!("{LOCK}\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.99\"\n");
        let error = locked_version(&twice, "wasm-bindgen")
            .unwrap_err()
            .to_string();
        assert!(error.contains("0.2.130, 0.2.99"), "{error}");
        assert!(locked_version("version = 4", "wasm-bindgen").is_err());
    }
}

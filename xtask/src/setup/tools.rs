//! Tools that cargo builds from source: one folder of the cache for each tool and version.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use fs_err as fs;

use crate::console::{note, step};
use crate::process::{cmd, quiet};

const LIMIT: Duration = Duration::from_mins(30);

/// Makes the package and runs its tests in browsers.
pub const WASM_PACK: Tool = tool("wasm-pack", Version::Exact("0.15.1"));
/// Writes the JavaScript around the module. Its version must be exactly the library's.
pub const WASM_BINDGEN: Tool = tool("wasm-bindgen-cli", Version::Of("wasm-bindgen"));
/// Drives Firefox.
pub const GECKODRIVER: Tool = tool("geckodriver", Version::Exact("0.37.1"));
/// Builds fuzz targets with libFuzzer, and runs them.
pub const CARGO_FUZZ: Tool = tool("cargo-fuzz", Version::Exact("0.13.2"));
/// Checks licences, sources and advisories of crates.
pub const CARGO_DENY: Tool = tool("cargo-deny", Version::Exact("0.20.2"));

/// All of them.
pub const ALL: &[Tool] = &[WASM_PACK, WASM_BINDGEN, GECKODRIVER, CARGO_FUZZ, CARGO_DENY];

/// A crate whose programs are wanted.
#[derive(Clone, Copy)]
pub struct Tool {
    name: &'static str,
    version: Version,
}

#[derive(Clone, Copy)]
enum Version {
    Exact(&'static str),
    /// That of a crate in Cargo.lock.
    Of(&'static str),
}

const fn tool(name: &'static str, version: Version) -> Tool {
    Tool { name, version }
}

impl Tool {
    /// Builds the tool unless it is there, and returns the folder of its programs.
    pub fn ensure(self) -> Result<PathBuf> {
        let version = match self.version {
            Version::Exact(version) => version.to_owned(),
            Version::Of(library) => locked_version(library)?,
        };
        let name = format!("{} {version}", self.name);
        let folder = cache()?.join("tools");
        let finished = folder.join(name.replace(' ', "-"));
        if !finished.exists() {
            fs::create_dir_all(&folder)?;
            // Renamed once all is in it, so that a run that fails leaves nothing incomplete.
            let draft = tempfile::Builder::new()
                .prefix("unfinished-")
                .tempdir_in(&folder)?;
            step(format!("building {name} (some minutes, once)"), || {
                self.install(&version, draft.path())
            })?;
            match fs::rename(draft.path(), &finished) {
                // Another run was quicker and has built the same.
                Err(_) if finished.exists() => {}
                result => result?,
            }
        }
        Ok(finished.join("bin"))
    }

    fn install(self, version: &str, root: &Path) -> Result<()> {
        let install = |options: &[&str]| -> Result<()> {
            let name = self.name;
            let mut cargo =
                cmd!("cargo install {name} --version {version} --root {root} {options...}");
            cargo.current_dir(root);
            quiet(cargo, LIMIT).map(drop)
        };
        match install(&["--locked"]) {
            // A registry's mirror may lag behind what the crate's own lock file names.
            Err(error) if error.to_string().contains("failed to select a version") => {
                note("the registry lacks a version of the tool's lock file: taking one that fits");
                install(&[])
            }
            result => result,
        }
    }
}

/// The user's folder for what takes long to make, so that a fresh clone is quick, too.
pub fn cache() -> Result<PathBuf> {
    let base = dirs::cache_dir().context("there is no home folder to keep built tools in")?;
    let folder = base.join("divar-chat-media");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The version of the package `name` in `Cargo.lock`.
pub fn locked_version(name: &str) -> Result<String> {
    // It ends in `#wasm-bindgen@0.2.130`, or in `#0.1.0` where the folder has the package's name.
    let id = quiet(cmd!("cargo pkgid {name}"), Duration::from_mins(5))?;
    let version = id.trim().rsplit(['#', '@']).next();
    Ok(version.context("cargo prints an id")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_version_is_of_the_package_with_exactly_this_name() -> Result<()> {
        let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"))?;
        for name in ["wasm-bindgen", "divar-chat-media"] {
            let entry = format!(
                "name = \"{name}\"\nversion = \"{}\"\n",
                locked_version(name)?
            );
            assert!(lock.contains(&entry), "{entry}");
        }
        assert!(locked_version("wasm-bind").is_err());
        Ok(())
    }
}

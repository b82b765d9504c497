//! The bill of materials in `CycloneDX`: the npm packages that the package depends on, as `npm sbom` lists
//! them, and the crates that are compiled into its modules, as cargo's tree has them.
//!
//! `cargo cyclonedx` would write a bill for each crate, with the macros that run while compiling only and
//! with the folder of the build in its names.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use fs_err as fs;
use serde_json::{Value, json};

use super::Checkout;
use crate::package::crates;
use crate::process::{cmd, quiet};
use crate::setup::tools::locked_version;

const LIMIT: Duration = Duration::from_mins(1);

/// Writes to `file` what is in the package. `rustc` is the compiler's answer to `--version`.
pub fn write(checkout: &Checkout, rustc: &str, file: &Path) -> Result<()> {
    let Checkout {
        top,
        tarball,
        commit,
        time,
    } = checkout;
    let mut npm = cmd!(
        "npm sbom --workspace pkg --omit dev --omit peer --package-lock-only --sbom-format cyclonedx --sbom-type library"
    );
    npm.current_dir(top);
    let mut bill: Value = serde_json::from_str(&quiet(npm, LIMIT)?)?;
    let components = bill["components"].as_array_mut();
    let components = components.context("npm lists no components")?;
    // npm names the package by its folder, and makes the workspace the subject of the bill.
    let at = components.iter().position(|part| part["name"] == "pkg");
    let mut package = components.remove(at.context("npm does not list the package")?);
    for krate in crates::compiled(top)? {
        // The slash is an old way to write it.
        let license = krate.license.unwrap_or_default().replace('/', " OR ");
        let (name, version) = (krate.name.to_string(), krate.version.to_string());
        let source = format!("cargo/{name}");
        components.push(library(&name, &version, &license, &source));
    }
    // It is compiled from its source along with the crates.
    let version = rustc.split(' ').nth(1).context("rustc has a version")?;
    let source = "github/rust-lang/rust";
    components.push(library("std", version, "MIT OR Apache-2.0", source));

    let sum = quiet(cmd!("sha256sum {tarball}"), LIMIT)?;
    package["name"] = "divar-chat-media".into();
    package["hashes"] = json!([{ "alg": "SHA-256", "content": sum.split(' ').next() }]);
    package["pedigree"] = json!({ "commits": [{ "uid": commit }] });
    // The commit's time and no serial number, so that the bill does not depend on who writes it, and when.
    bill["metadata"] = json!({
        "timestamp": time,
        "component": package,
        "tools": { "components": tools(rustc, top)? },
    });
    let bill = bill.as_object_mut().context("a bill is an object")?;
    bill.remove("serialNumber");
    // npm's own edges, without the crates.
    bill.remove("dependencies");
    Ok(fs::write(file, serde_json::to_string_pretty(bill)? + "\n")?)
}

fn library(name: &str, version: &str, license: &str, source: &str) -> Value {
    let purl = format!("pkg:{source}@{version}");
    json!({
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "licenses": [{ "expression": license }],
        "purl": purl,
    })
}

/// With other versions of these the tarball's bytes may differ.
fn tools(rustc: &str, top: &Path) -> Result<Vec<Value>> {
    let manifest: Value = serde_json::from_str(&fs::read_to_string(top.join("package.json"))?)?;
    let npm: Value = serde_json::from_str(&quiet(cmd!("npm version --json"), LIMIT)?)?;
    let versions = json!({
        "rustc": rustc.trim(),
        "wasm-bindgen": locked_version("wasm-bindgen")?,
        "binaryen": manifest["devDependencies"]["binaryen"],
        "esbuild": manifest["devDependencies"]["esbuild"],
        "node": npm["node"],
        "npm": npm["npm"],
    });
    let tools = versions.as_object().into_iter().flatten();
    let tools = tools
        .map(|(name, version)| json!({ "type": "application", "name": name, "version": version }));
    Ok(tools.collect())
}

#[cfg(test)]
mod tests {
    use cyclonedx_bom::models::bom::{Bom, SpecVersion};
    use cyclonedx_bom::prelude::Validate;

    use super::*;

    #[test]
    fn another_reader_of_bills_finds_it_valid_and_complete() -> Result<()> {
        let checkout = Checkout {
            top: Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
            tarball: Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"),
            commit: "188c7c7".repeat(5),
            time: "2026-11-22T17:43:45Z".to_owned(),
        };
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("sbom.cdx.json");
        write(&checkout, "rustc 1.96.0 (ac68faa20)", &file)?;

        let text = fs::read_to_string(file)?;
        let bill = Bom::parse_from_json_v1_5(text.as_bytes())?;
        let result = bill.validate_version(SpecVersion::V1_5);
        assert!(result.passed(), "{result:?}");
        for wanted in [
            "npm/divar-chat-media",
            "npm/lit",
            "cargo/js-sys",
            "github/rust-lang/rust",
        ] {
            let purl = format!("\"purl\": \"pkg:{wanted}@");
            assert!(text.contains(&purl), "{wanted}: {text}");
        }
        Ok(())
    }
}

//! The bill of materials in `CycloneDX`: the npm packages that the package depends on, as `npm sbom` lists
//! them, and the crates that are compiled into its modules, as cargo's tree has them.
//!
//! `cargo cyclonedx` would write a bill for each crate, with the macros that run while compiling only and
//! with the folder of the build in its names.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use fs_err as fs;
use serde_json::{Value, json};

use super::checkout::{Checkout, Commit};
use crate::package::crates::{self, Crate};
use crate::process::{cmd, quiet};
use crate::setup::tools::locked_version;

const LIMIT: Duration = Duration::from_mins(1);
/// How package URLs of the package begin.
const PACKAGE: &str = "pkg:npm/divar-chat-media@";

/// Writes to `file` what is in the package. `rustc` is the compiler's answer to `--version`.
pub fn write(commit: &Commit, checkout: &Checkout, rustc: &str, file: &Path) -> Result<()> {
    let mut npm = cmd!(
        "npm sbom --workspace pkg --omit dev --omit peer --package-lock-only --sbom-format cyclonedx --sbom-type library"
    );
    npm.current_dir(&checkout.top);
    let mut bill: Value = serde_json::from_str(&quiet(npm, LIMIT)?)?;
    let mut crates: Vec<Value> = crates::compiled(&checkout.top)?
        .iter()
        .map(component)
        .collect();
    crates.push(standard_library(rustc)?);
    let tarball = &checkout.tarball;
    let sum = quiet(cmd!("sha256sum {tarball}"), LIMIT)?;
    let sha256 = sum.split(' ').next().context("sha256sum prints a hash")?;
    complete(&mut bill, commit, sha256, crates)?;
    bill["metadata"]["tools"] = json!({ "components": tools(rustc, &checkout.top)? });
    let text = serde_json::to_string_pretty(&bill)?;
    Ok(fs::write(file, text + "\n")?)
}

/// Adds the crates to npm's bill, and makes the package its subject, which is the workspace in npm.
fn complete(bill: &mut Value, commit: &Commit, sha256: &str, crates: Vec<Value>) -> Result<()> {
    let components = bill["components"].as_array_mut();
    let components = components.context("npm lists no components")?;
    let is_package = |part: &Value| {
        part["purl"]
            .as_str()
            .is_some_and(|it| it.starts_with(PACKAGE))
    };
    let at = components
        .iter()
        .position(is_package)
        .context("npm does not list the package")?;
    let mut package = components.remove(at);
    components.extend(crates);
    // npm takes the folder's name.
    package["name"] = "divar-chat-media".into();
    package["hashes"] = json!([{ "alg": "SHA-256", "content": sha256 }]);
    package["pedigree"] = json!({ "commits": [{ "uid": commit.id }] });
    // The commit's time and no serial number, so that the bill does not depend on who writes it, and when.
    bill["metadata"] = json!({ "timestamp": commit.time, "component": package });
    if let Some(bill) = bill.as_object_mut() {
        bill.remove("serialNumber");
        // npm's own edges, without the crates.
        bill.remove("dependencies");
    }
    Ok(())
}

fn component(krate: &Crate) -> Value {
    let purl = format!("pkg:cargo/{}@{}", krate.name, krate.version);
    library(&krate.name, &krate.version, &krate.license, &purl)
}

/// It is compiled from its source along with the crates.
fn standard_library(rustc: &str) -> Result<Value> {
    let version = rustc
        .split(' ')
        .nth(1)
        .context("rustc prints its version")?;
    let purl = format!("pkg:github/rust-lang/rust@{version}");
    Ok(library("std", version, "MIT OR Apache-2.0", &purl))
}

fn library(name: &str, version: &str, license: &str, purl: &str) -> Value {
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
    let npm: Value = serde_json::from_str(&fs::read_to_string(top.join("package.json"))?)?;
    let tools = [
        ("rustc", json!(rustc.trim())),
        ("wasm-bindgen", json!(locked_version("wasm-bindgen")?)),
        ("binaryen", npm["devDependencies"]["binaryen"].clone()),
        ("esbuild", npm["devDependencies"]["esbuild"].clone()),
        ("node", json!(version_of(cmd!("node"))?)),
        ("npm", json!(version_of(cmd!("npm"))?)),
    ];
    let tools = tools
        .into_iter()
        .map(|(name, version)| json!({ "type": "application", "name": name, "version": version }));
    Ok(tools.collect())
}

fn version_of(mut program: Command) -> Result<String> {
    program.arg("--version");
    Ok(quiet(program, LIMIT)?.trim().to_owned())
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
        };
        let commit = Commit {
            id: "188c7c7".repeat(5),
            time: "2026-11-22T17:43:45Z".to_owned(),
        };
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("sbom.cdx.json");
        write(&commit, &checkout, "rustc 1.96.0 (ac68faa20)", &file)?;

        let read = Bom::parse_from_json_v1_5(fs::File::open(file)?)?;
        let result = read.validate_version(SpecVersion::V1_5);
        assert!(result.passed(), "{result:?}");
        let components = read.components.context("components")?.0;
        let purls = components.iter().flat_map(|part| &part.purl);
        let purls: Vec<&str> = purls.map(AsRef::as_ref).collect();
        for wanted in [
            "pkg:npm/lit@",
            "pkg:cargo/js-sys@",
            "pkg:github/rust-lang/rust@1.96.0",
        ] {
            assert!(
                purls.iter().any(|purl| purl.starts_with(wanted)),
                "{wanted}: {purls:?}"
            );
        }
        let package = read.metadata.and_then(|metadata| metadata.component);
        let purl = package
            .and_then(|package| package.purl)
            .context("the package")?;
        assert!(purl.as_ref().starts_with(PACKAGE), "{purl:?}");
        Ok(())
    }
}

//! The bill of materials: the crates that are compiled into the package's modules, in `CycloneDX`.
//!
//! cargo's own tree says which those are. The usual writers of such bills also list the macros that
//! only run while compiling, and leave in their names the folder that was built in.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::checkout::{Checkout, Commit};
use super::tarball::sha256;
use crate::package::crates::{self, Crate};
use crate::process::quiet;
use crate::setup::{Workbench, locked_version};

/// Writes to `file` what is in the package.
pub fn write(commit: &Commit, checkout: &Checkout, file: &Path) -> Result<()> {
    let crates = crates::compiled(|| Ok(checkout.cargo()))?;
    let mut components: Vec<Value> = crates.iter().map(component).collect();
    let rustc = Workbench::for_building()?.rustc_version()?;
    components.push(standard_library(&rustc)?);
    let package = json(&checkout.top.join("pkg/package.json"))?;
    let sha256 = sha256(&fs::read(&checkout.tarball)?);
    let bill = bill(
        commit,
        &main_component(&package, commit, &sha256)?,
        &components,
        &tools(&checkout.top, &rustc)?,
    );
    Ok(fs::write(
        file,
        serde_json::to_string_pretty(&bill)? + "\n",
    )?)
}

fn bill(commit: &Commit, main: &Value, components: &[Value], tools: &[Value]) -> Value {
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            // The commit's, so that the bill is the same whoever writes it, and when.
            "timestamp": commit.time,
            "tools": { "components": tools },
            "component": main,
        },
        "components": components,
    })
}

fn json(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file);
    let text = text.with_context(|| format!("could not read {}", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}

fn component(krate: &Crate) -> Value {
    let purl = format!("pkg:cargo/{}@{}", krate.name, krate.version);
    json!({
        "type": "library",
        "bom-ref": purl,
        "name": krate.name,
        "version": krate.version,
        "licenses": [{ "expression": krate.license }],
        "purl": purl,
    })
}

/// It is compiled from its source along with the crates.
fn standard_library(rustc: &str) -> Result<Value> {
    let version = rustc.split(' ').nth(1).context("rustc tells its version")?;
    let purl = format!("pkg:github/rust-lang/rust@{version}");
    Ok(json!({
        "type": "library",
        "bom-ref": purl,
        "name": "std",
        "version": version,
        "description": "Rust's standard library, with the crates that its own lock file names",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        "purl": purl,
    }))
}

fn main_component(package: &Value, commit: &Commit, sha256: &str) -> Result<Value> {
    ensure!(
        package["dependencies"].is_null(),
        "the package has dependencies of its own, which the bill of materials does not know of"
    );
    let part = |field: &str| {
        let text = package[field].as_str();
        text.with_context(|| format!("pkg/package.json has no {field}"))
    };
    let purl = format!("pkg:npm/{}@{}", part("name")?, part("version")?);
    Ok(json!({
        "type": "library",
        "bom-ref": purl,
        "name": part("name")?,
        "version": part("version")?,
        "description": part("description")?,
        "hashes": [{ "alg": "SHA-256", "content": sha256 }],
        "licenses": [{ "expression": part("license")? }],
        "purl": purl,
        "pedigree": { "commits": [{ "uid": commit.id }] },
    }))
}

/// What made the tarball: with other versions of these its bytes may be others.
fn tools(top: &Path, rustc: &str) -> Result<Vec<Value>> {
    let lock = fs::read_to_string(top.join("Cargo.lock"))?;
    let package = json(&top.join("package.json"))?;
    let npm = |name: &str| -> Result<String> {
        let version = package["devDependencies"][name].as_str();
        Ok(version
            .with_context(|| format!("package.json has no {name}"))?
            .to_owned())
    };
    let tools = [
        ("rustc", rustc.to_owned()),
        ("wasm-bindgen", locked_version(&lock, "wasm-bindgen")?),
        ("binaryen", npm("binaryen")?),
        ("esbuild", npm("esbuild")?),
        ("node", version_of(Command::new("node"))?),
        ("npm", version_of(Command::new("npm"))?),
    ];
    let tool = |(name, version)| json!({ "type": "application", "name": name, "version": version });
    Ok(tools.into_iter().map(tool).collect())
}

/// What `program` says of its version.
fn version_of(mut program: Command) -> Result<String> {
    program.arg("--version");
    Ok(quiet(program, Duration::from_mins(1))?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use cyclonedx_bom::models::bom::{Bom, SpecVersion};
    use cyclonedx_bom::prelude::Validate;

    use super::*;

    #[test]
    fn another_reader_of_such_bills_finds_it_valid_and_complete() {
        let commit = Commit {
            id: "188c7c7".repeat(5),
            time: "2026-11-22T17:43:45Z".to_owned(),
        };
        let package =
            json!({ "name": "a", "version": "1.2.3", "description": "A.", "license": "MIT" });
        let main = main_component(&package, &commit, &sha256(b"")).expect("a component");
        let krate = Crate {
            name: "serde".to_owned(),
            version: "1.0.2".to_owned(),
            license: "MIT OR Apache-2.0".to_owned(),
        };
        let library = standard_library("rustc 1.96.0 (ac68faa20)").expect("a version");
        let tool = json!({ "type": "application", "name": "node", "version": "v20.20.2" });
        let bill = bill(&commit, &main, &[component(&krate), library], &[tool]);

        let read = Bom::parse_from_json_v1_5(bill.to_string().as_bytes()).expect("a bill");
        let verdict = read.validate_version(SpecVersion::V1_5);
        assert!(verdict.passed(), "{verdict:?}");
        let components = read.components.expect("components").0;
        let purls: Vec<_> = components.iter().flat_map(|part| &part.purl).collect();
        let purls: Vec<_> = purls.into_iter().map(AsRef::as_ref).collect();
        assert_eq!(
            purls,
            ["pkg:cargo/serde@1.0.2", "pkg:github/rust-lang/rust@1.96.0"]
        );
    }

    #[test]
    fn dependencies_that_npm_would_install_are_not_left_out_in_silence() {
        let commit = Commit {
            id: String::new(),
            time: String::new(),
        };
        let package = json!({ "name": "a", "dependencies": { "b": "1" } });
        assert!(main_component(&package, &commit, "").is_err());
    }
}

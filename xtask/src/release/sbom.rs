//! The bill of materials: the crates that are compiled into the package's modules, in `CycloneDX`.
//!
//! cargo's own tree says which those are. `cargo cyclonedx` writes a bill for each crate, lists the macros
//! that run while compiling only, and writes the build's folder into names; `npm sbom` knows no crates.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use serde_json::{Value, json};

use super::checkout::{Checkout, Commit};
use crate::package::crates::{self, Crate};
use crate::process::{cmd, quiet};
use crate::setup::tools::locked_version;

const LIMIT: Duration = Duration::from_mins(1);

/// Writes to `file` what is in the package. `rustc` is the compiler's answer to `--version`.
pub fn write(commit: &Commit, checkout: &Checkout, rustc: &str, file: &Path) -> Result<()> {
    let json = |name: &str| -> Result<Value> {
        let text = fs::read_to_string(checkout.top.join(name))?;
        Ok(serde_json::from_str(&text)?)
    };
    let tarball = &checkout.tarball;
    let sum = quiet(cmd!("sha256sum {tarball}"), LIMIT)?;
    let sha256 = sum.split(' ').next().context("sha256sum prints a hash")?;
    let package = main_component(&json("pkg/package.json")?, commit, sha256)?;
    let mut components: Vec<Value> = crates::compiled(&checkout.top)?
        .iter()
        .map(component)
        .collect();
    components.push(standard_library(rustc)?);
    // With other versions of these the tarball's bytes may differ.
    let npm = json("package.json")?;
    let tools = [
        ("rustc", json!(rustc.trim())),
        ("wasm-bindgen", json!(locked_version("wasm-bindgen")?)),
        ("binaryen", npm["devDependencies"]["binaryen"].clone()),
        ("esbuild", npm["devDependencies"]["esbuild"].clone()),
        ("node", json!(version_of(cmd!("node"))?)),
        ("npm", json!(version_of(cmd!("npm"))?)),
    ];
    let tools = tools
        .map(|(name, version)| json!({ "type": "application", "name": name, "version": version }));
    let bill = bill(commit, &package, &components, &tools);
    let text = serde_json::to_string_pretty(&bill)?;
    Ok(fs::write(file, text + "\n")?)
}

fn bill(commit: &Commit, main: &Value, components: &[Value], tools: &[Value]) -> Value {
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            // The commit's, so that the bill does not depend on who writes it, and when.
            "timestamp": commit.time,
            "tools": { "components": tools },
            "component": main,
        },
        "components": components,
    })
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
    let version = rustc
        .split(' ')
        .nth(1)
        .context("rustc prints its version")?;
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
        "the package has dependencies of its own, which the bill of materials does not contain"
    );
    let field = |name: &str| package[name].as_str().with_context(|| format!("no {name}"));
    let purl = format!("pkg:npm/{}@{}", field("name")?, field("version")?);
    Ok(json!({
        "type": "library",
        "bom-ref": purl,
        "name": field("name")?,
        "version": field("version")?,
        "description": field("description")?,
        "hashes": [{ "alg": "SHA-256", "content": sha256 }],
        "licenses": [{ "expression": field("license")? }],
        "purl": purl,
        "pedigree": { "commits": [{ "uid": commit.id }] },
    }))
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

    fn commit() -> Commit {
        Commit {
            id: "188c7c7".repeat(5),
            time: "2026-11-22T17:43:45Z".to_owned(),
        }
    }

    #[test]
    fn another_reader_of_bills_finds_it_valid_and_complete() -> Result<()> {
        let package =
            json!({ "name": "a", "version": "1.2.3", "description": "A.", "license": "MIT" });
        let main = main_component(&package, &commit(), &"0f".repeat(32))?;
        let krate = Crate {
            name: "serde".to_owned(),
            version: "1.0.2".to_owned(),
            license: "MIT OR Apache-2.0".to_owned(),
        };
        let library = standard_library("rustc 1.96.0 (ac68faa20)")?;
        let tool = json!({ "type": "application", "name": "node", "version": "v20.20.2" });
        let bill = bill(&commit(), &main, &[component(&krate), library], &[tool]);

        let read = Bom::parse_from_json_v1_5(bill.to_string().as_bytes())?;
        let result = read.validate_version(SpecVersion::V1_5);
        assert!(result.passed(), "{result:?}");
        let components = read.components.context("components")?.0;
        let purls = components.iter().flat_map(|part| &part.purl);
        let purls: Vec<_> = purls.map(AsRef::as_ref).collect();
        assert_eq!(
            purls,
            ["pkg:cargo/serde@1.0.2", "pkg:github/rust-lang/rust@1.96.0"]
        );
        Ok(())
    }

    #[test]
    fn rejects_package_with_dependencies_that_npm_would_install() {
        let package = json!({ "name": "a", "dependencies": { "b": "1" } });
        assert!(main_component(&package, &commit(), "").is_err());
    }
}

//! `cargo xtask release --dry-run`: what would be published, built twice from one commit, and checked.

mod audit;
mod changelog;
mod checkout;
mod sbom;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use cargo_metadata::MetadataCommand;
use fs_err as fs;
use semver::Version;
use serde_json::Value;

use crate::console::{heading, line, note, step};
use crate::process::{cmd, kept, quiet, shown};
use crate::report::Report;
use crate::setup::for_wasm;
pub use audit::run as audit;
use checkout::{Checkout, Commit};

/// Where all that would be published lies afterwards.
const CANDIDATE: &str = "target/release-candidate";

/// Makes a release candidate, unless the tree has changes that are not committed, or a check fails.
pub fn run(dry_run: bool) -> Result<()> {
    ensure!(
        dry_run,
        "nothing is published from here, since that takes npm's second factor and a person to give it. \
         `cargo xtask release --dry-run` makes all that is published, and checks it"
    );
    let commit = Commit::clean()?;
    line(format!(
        "the release candidate is made of commit {}",
        commit.id
    ));
    // It would be of another commit.
    if Path::new(CANDIDATE).exists() {
        fs::remove_dir_all(CANDIDATE)?;
    }
    let mut report = Report::default();
    report.group("version and changelog");
    report.step("the versions agree", || {
        let version = agreed_version(Path::new("."))?;
        note(&version);
        changelog::check(&version)
    });
    audit::checks(&mut report);
    ensure_none_failed(&report)?;

    report.group("the package, built twice");
    // rustup's stable Rust where there is one for WebAssembly, and else Debian's: the bytes differ.
    let rustc = for_wasm(cmd!("rustc --version"), &[])?;
    let rustc = quiet(rustc, Duration::from_mins(1))?;
    note(format!("by {rustc}"));
    let folder = tempfile::Builder::new().prefix("release-").tempdir()?;
    // The paths differ in their lengths too, since a compiler may write them down.
    let first = Checkout::build(&commit, &folder.path().join("first"))?;
    let second = Checkout::build(&commit, &folder.path().join("second/in/another/folder"))?;
    report.step("both builds have the same bytes", || {
        same(&first.tarball, &second.tarball)
    });
    report.step("what a page downloads", || {
        shown(first.cargo("xtask size")?, Duration::from_mins(5))
    });
    ensure_none_failed(&report)?;
    heading("what was made");
    write_candidate(&commit, &first, &rustc)?;
    print_not_checked(&report);
    Ok(())
}

/// The version that all files of the repository at `top` name which name one.
fn agreed_version(top: &Path) -> Result<Version> {
    // It fails where Cargo.lock names another version than Cargo.toml.
    let options = ["--locked".to_owned()];
    let metadata = MetadataCommand::new()
        .current_dir(top)
        .other_options(options)
        .exec()?;
    let version = metadata
        .root_package()
        .map(|package| package.version.clone());
    let version = version.context("Cargo.toml has no package")?;
    for (file, place) in [
        ("pkg/package.json", "/version"),
        ("package-lock.json", "/packages/pkg/version"),
    ] {
        let json: Value = serde_json::from_str(&fs::read_to_string(top.join(file))?)?;
        let other = json
            .pointer(place)
            .and_then(Value::as_str)
            .unwrap_or_default();
        ensure!(
            other == version.to_string(),
            "they differ: Cargo.toml says {version}, {file} says {other:?}. Write the same into Cargo.toml \
             and pkg/package.json, then run `cargo update --workspace` and `npm install --package-lock-only`"
        );
    }
    Ok(version)
}

fn ensure_none_failed(report: &Report) -> Result<()> {
    let failures = report.failures();
    ensure!(
        failures.is_empty(),
        "no release can be made of this commit:\n  {}",
        failures.join("\n  ")
    );
    Ok(())
}

/// Names the checks that could not be made.
fn print_not_checked(report: &Report) {
    let not_checked = report.not_checked();
    if not_checked.is_empty() {
        return note("all checks were made");
    }
    heading("not checked, and to be checked before anything is published");
    not_checked.iter().for_each(note);
}

/// Compares two tarballs; where they differ, `diff` names the files.
fn same(first: &Path, second: &Path) -> Result<()> {
    if fs::read(first)? == fs::read(second)? {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let limit = Duration::from_mins(2);
    for (name, tarball) in [("first", first), ("second", second)] {
        let into = folder.path().join(name);
        fs::create_dir(&into)?;
        quiet(cmd!("tar -xzf {tarball} -C {into}"), limit)?;
    }
    let mut diff = cmd!("diff --recursive --brief first second");
    diff.current_dir(folder.path());
    let differences = kept(diff, limit)?;
    if differences.status.success() {
        bail!("the tarballs have the same files, but packed in another order, mode or time");
    }
    bail!("the tarballs differ:\n{}", differences.output)
}

/// Puts what would be published into the candidate's folder, with `SHA256SUMS` for `sha256sum --check`.
fn write_candidate(commit: &Commit, checkout: &Checkout, rustc: &str) -> Result<()> {
    let folder = Path::new(CANDIDATE);
    fs::create_dir_all(folder)?;
    let name = checkout.tarball.file_name();
    let tarball = folder.join(name.context("the tarball has a name")?);
    fs::copy(&checkout.tarball, &tarball)?;
    step("listing what is compiled into the package (SBOM)", || {
        sbom::write(commit, checkout, rustc, &folder.join("sbom.cdx.json"))
    })?;
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name());
    }
    names.sort();
    let mut sums = cmd!("sha256sum {names...}");
    sums.current_dir(folder);
    let sums = quiet(sums, Duration::from_mins(1))?;
    fs::write(folder.join("SHA256SUMS"), &sums)?;
    note(format!("in {CANDIDATE}:\n{sums}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::tools::locked_version;

    fn packed(folder: &Path, name: &str, files: &[(&str, &str)], time: &str) -> Result<()> {
        let package = folder.join(name).join("package");
        fs::create_dir_all(&package)?;
        for (file, text) in files {
            fs::write(package.join(file), text)?;
        }
        let mut tar = cmd!("tar -czf ../{name}.tgz --sort=name --mtime={time} package");
        tar.current_dir(folder.join(name));
        quiet(tar, Duration::from_secs(20)).map(drop)
    }

    #[test]
    fn files_of_this_repository_name_one_version() -> Result<()> {
        let top = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let version = agreed_version(top)?.to_string();
        assert_eq!(version, locked_version("divar-chat-media")?);
        Ok(())
    }

    #[test]
    fn tarballs_that_differ_are_an_error_with_the_files() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let folder = folder.path();
        let files = [("a.js", "same"), ("b.js", "let a")];
        packed(folder, "a", &files, "@7")?;
        packed(folder, "b", &files, "@7")?;
        packed(folder, "later", &files, "@8")?;
        packed(
            folder,
            "other",
            &[("a.js", "same"), ("b.js", "let b"), ("c.js", "")],
            "@7",
        )?;
        let compare = |name: &str| {
            let result = same(&folder.join("a.tgz"), &folder.join(name));
            result.map_err(|error| error.to_string())
        };
        assert_eq!(compare("b.tgz"), Ok(()));
        let error = compare("later.tgz").unwrap_err();
        assert!(error.contains("another order, mode or time"), "{error}");
        let error = compare("other.tgz").unwrap_err();
        assert!(
            error.contains("first/package/b.js and second/package/b.js differ"),
            "{error}"
        );
        assert!(error.contains("Only in second/package: c.js"), "{error}");
        Ok(())
    }
}

//! `cargo xtask release --dry-run`: what would be published, made twice from one commit, and checked.

mod changelog;
mod checkout;
mod checks;
mod crates;
mod packages;
mod sbom;
mod sums;
mod tarball;
mod versions;

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::console::{heading, note, step};
use crate::process::shown;
use crate::setup;
use checkout::{Checkout, Commit};
use checks::{Answer, Checks};

/// Where all that would be published lies afterwards.
const CANDIDATE: &str = "target/release-candidate";

/// Makes a release candidate, unless a check fails: what lies there may be published.
///
/// # Errors
///
/// When the tree is not what its commit says, when the package cannot be built, or when a check fails.
pub fn run(dry_run: bool) -> Result<()> {
    ensure!(
        dry_run,
        "nothing is published from here, since that takes npm's second factor and a person to give it. \
         `cargo xtask release --dry-run` makes all that is published, and checks it"
    );
    let commit = Commit::clean()?;
    println!("the release candidate is made of commit {}", commit.id);
    // What an earlier run left is not of this commit.
    if Path::new(CANDIDATE).exists() {
        fs::remove_dir_all(CANDIDATE)?;
    }
    let mut checks = Checks::default();
    before_building(&mut checks);
    // What takes seconds is not told after minutes.
    checks.ensure()?;

    heading("the package, built twice");
    // rustup's stable Rust where there is one for wasm, and else Debian's: they make other bytes.
    note(format!(
        "by {}",
        setup::Workbench::for_building()?.rustc_version()?
    ));
    let folder = tempfile::Builder::new().prefix("release-").tempdir()?;
    // The paths differ in their lengths too, since a compiler may write them down.
    let first = Checkout::build(&commit, &folder.path().join("first"))?;
    let second = Checkout::build(&commit, &folder.path().join("second/in/another/folder"))?;
    checks.run("both builds have the same bytes", || {
        tarball::same(&first.tarball, &second.tarball)
    });
    checks.run("what a page downloads", || budgets(&first));
    checks.ensure()?;
    leave(&commit, &first)?;
    checks.close();
    Ok(())
}

fn before_building(checks: &mut Checks) {
    heading("what it says of itself");
    if let Some(version) = checks.value("the versions agree", versions::agreed) {
        checks.run("the changelog", || changelog::check(&version));
    }
    made_of(checks);
}

/// Checks licences, sources and known vulnerabilities of everything that the package is made of and with.
///
/// # Errors
///
/// When a check fails.
pub fn audit() -> Result<()> {
    let mut checks = Checks::default();
    made_of(&mut checks);
    checks.ensure()?;
    checks.close();
    Ok(())
}

fn made_of(checks: &mut Checks) {
    heading("what it is made of and with");
    checks.run("licences and sources of the crates", || {
        crates::allowed(".")
    });
    checks.run("licences and sources of the fuzz targets' crates", || {
        crates::allowed("fuzz")
    });
    checks.run("known vulnerabilities of the crates", crates::advisories);
    checks.run("known vulnerabilities of the npm packages", || {
        packages::advisories(".")
    });
    checks.run("the same for the examples", || {
        packages::advisories(setup::node::EXAMPLES)
    });
}

fn budgets(checkout: &Checkout) -> Result<Answer> {
    let mut size = checkout.cargo();
    size.args(["xtask", "size"]);
    shown(size, Duration::from_mins(5))?
        .ensure()
        .context("a page would download more than it may")?;
    Ok(Answer::Good("within its budgets".to_owned()))
}

/// Puts what would be published into the candidate's folder, alone.
fn leave(commit: &Commit, checkout: &Checkout) -> Result<()> {
    heading("what was made");
    let folder = Path::new(CANDIDATE);
    fs::create_dir_all(folder)?;
    let name = checkout.tarball.file_name();
    let name = name.context("the tarball has a name")?;
    fs::copy(&checkout.tarball, folder.join(name))?;
    step("listing what is compiled into the package (SBOM)", || {
        sbom::write(commit, checkout, &folder.join("sbom.cdx.json"))
    })?;
    sums::write(folder)
}

//! `cargo xtask release --dry-run`: what would be published, built twice from one commit, and checked.

mod audit;
mod changelog;
mod sbom;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fs_err as fs;

use crate::console::{note, step};
use crate::package;
use crate::process::{cmd, kept, quiet, shown};
use crate::report::Report;
use crate::setup::for_wasm;
use crate::setup::tools::locked_version;
pub use audit::run as audit;

/// Where all that would be published lies afterwards.
const CANDIDATE: &str = "target/release-candidate";
const LIMIT: Duration = Duration::from_mins(5);
const BUILD_LIMIT: Duration = Duration::from_mins(40);

/// Makes a release candidate, unless the tree has changes that are not committed, or a check fails.
pub fn run(dry_run: bool) -> Result<ExitCode> {
    ensure!(
        dry_run,
        "nothing is published from here, since that takes npm's second factor and a person to give it. \
         `cargo xtask release --dry-run` makes all that is published, and checks it"
    );
    let changes = quiet(cmd!("git status --porcelain"), LIMIT)?;
    ensure!(
        changes.is_empty(),
        "a release is made of a commit alone, and these files are not as the last one has them. \
         Commit them, or put them aside with `git stash --include-untracked`:\n{changes}"
    );
    // It would be of another commit.
    if Path::new(CANDIDATE).exists() {
        fs::remove_dir_all(CANDIDATE)?;
    }
    let mut report = Report::default();
    report.group("release");
    report.step("one version in all files that name it", || {
        quiet(cmd!("node --test tests/packaging/versions.test.js"), LIMIT).map(drop)
    });
    report.step("the changelog of that version", || {
        changelog::check(&locked_version("divar-chat-media")?)
    });
    audit::checks(&mut report)?;
    if report.failures().is_empty() {
        report.group("release");
        report.step("the package, built twice", make_candidate);
    }
    Ok(report.close())
}

/// Puts what would be published into the candidate's folder, with `SHA256SUMS` for `sha256sum --check`.
fn make_candidate() -> Result<()> {
    // rustup's stable Rust where there is one for WebAssembly, and else Debian's: the bytes differ.
    let rustc = quiet(for_wasm(cmd!("rustc --version"), &[])?, LIMIT)?;
    note(format!("by {rustc}"));
    let folder = tempfile::Builder::new().prefix("release-").tempdir()?;
    // The paths differ in their lengths too, since a compiler may write them down.
    let first = Checkout::build(&folder.path().join("first"))?;
    let second = Checkout::build(&folder.path().join("second/in/another/folder"))?;
    ensure_same(&first, &second)?;
    shown(xtask(&first.top, "size")?, LIMIT)?;

    fs::create_dir_all(CANDIDATE)?;
    let name = first.tarball.file_name().context("a tarball has a name")?;
    fs::copy(&first.tarball, Path::new(CANDIDATE).join(name))?;
    let sbom = "sbom.cdx.json";
    sbom::write(&first, &rustc, &Path::new(CANDIDATE).join(sbom))?;
    let mut sums = cmd!("sha256sum {name} {sbom}");
    sums.current_dir(CANDIDATE);
    let sums = quiet(sums, LIMIT)?;
    fs::write(Path::new(CANDIDATE).join("SHA256SUMS"), &sums)?;
    note(format!("in {CANDIDATE}:\n{sums}"));
    Ok(())
}

/// The last commit in a folder of its own, with the package that was built there from nothing.
#[derive(Default)]
struct Checkout {
    top: PathBuf,
    tarball: PathBuf,
    commit: String,
    /// When the commit was made, in UTC, as in RFC 3339.
    time: String,
}

impl Checkout {
    /// Clones the commit into `folder`, and builds it as anyone would who has only that.
    fn build(folder: &Path) -> Result<Self> {
        let top = folder.join("clone");
        fs::create_dir_all(&top)?;
        quiet(cmd!("git clone --quiet . {top}"), LIMIT)?;
        let mut show = cmd!("git show --no-patch --date=format-local:%Y-%m-%dT%H:%M:%SZ");
        show.args(["--format=%H %cd"]).env("TZ", "UTC");
        show.current_dir(&top);
        let show = quiet(show, LIMIT)?;
        let (commit, time) = show.trim().split_once(' ').context("git prints both")?;
        step(format!("building {commit} in {}", top.display()), || {
            shown(xtask(&top, "build")?, BUILD_LIMIT)
        })?;
        Ok(Self {
            tarball: package::pack(&top, folder)?,
            top,
            commit: commit.to_owned(),
            time: time.to_owned(),
        })
    }
}

/// The checkout's own task runner, with a target folder that nothing else uses.
fn xtask(top: &Path, task: &str) -> Result<Command> {
    let mut cargo = cmd!("cargo xtask {task}");
    cargo.current_dir(top);
    cargo.env("CARGO_TARGET_DIR", top.join("target"));
    Ok(cargo)
}

/// Fails when the tarballs differ, with the names of the files that do.
fn ensure_same(first: &Checkout, second: &Checkout) -> Result<()> {
    let [one, other] = [first, second].map(|checkout| checkout.top.join("pkg"));
    let diff = kept(cmd!("diff --recursive --brief {one} {other}"), LIMIT)?.output;
    ensure!(
        fs::read(&first.tarball)? == fs::read(&second.tarball)?,
        "the tarballs differ, by the order, modes or times of their files if none is named here:\n{diff}"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tarballs_that_differ_are_an_error_with_the_files() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let checkout = |name: &str, code: &str| -> Result<Checkout> {
            let top = folder.path().join(name);
            let tarball = top.join("a.tgz");
            fs::create_dir_all(top.join("pkg"))?;
            for file in [&top.join("pkg/a.js"), &tarball] {
                fs::write(file, code)?;
            }
            Ok(Checkout {
                top,
                tarball,
                ..Checkout::default()
            })
        };
        let first = checkout("first", "let a")?;
        ensure_same(&first, &checkout("same", "let a")?)?;
        let error = ensure_same(&first, &checkout("other", "let b")?).unwrap_err();
        assert!(
            error.to_string().contains("other/pkg/a.js differ"),
            "{error}"
        );
        Ok(())
    }
}

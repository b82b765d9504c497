//! The last commit in a folder of its own, and the package built there from nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::console::step;
use crate::package;
use crate::process::{quiet, shown};

const LIMIT: Duration = Duration::from_mins(2);
const BUILD_LIMIT: Duration = Duration::from_mins(40);

/// The commit that is built.
pub struct Commit {
    /// Its hash.
    pub id: String,
    /// When it was made, in UTC, as RFC 3339 has it.
    pub time: String,
}

impl Commit {
    /// The last commit.
    ///
    /// # Errors
    ///
    /// When the tree holds anything that is not in it.
    pub fn clean() -> Result<Self> {
        let changes = git(&["status", "--porcelain"])?;
        ensure!(
            changes.is_empty(),
            "a release is made of a commit alone, and these files are not as the last one has them. \
             Commit them, or put them aside with `git stash --include-untracked`:\n{changes}"
        );
        let time = [
            "show",
            "--no-patch",
            "--format=%cd",
            "--date=format-local:%Y-%m-%dT%H:%M:%SZ",
        ];
        Ok(Self {
            id: git(&["rev-parse", "HEAD"])?.trim().to_owned(),
            time: git(&time)?.trim().to_owned(),
        })
    }
}

fn git(arguments: &[&str]) -> Result<String> {
    let mut git = Command::new("git");
    git.args(arguments).env("TZ", "UTC");
    quiet(git, LIMIT)
}

/// A commit's files, with the package that was built of them.
pub struct Checkout {
    /// Where the files lie.
    pub top: PathBuf,
    /// The packed package.
    pub tarball: PathBuf,
}

impl Checkout {
    /// Clones the commit into `folder`, and builds it as anyone would who has only that.
    pub fn build(commit: &Commit, folder: &Path) -> Result<Self> {
        let mut checkout = Self {
            top: folder.join("clone"),
            tarball: PathBuf::new(),
        };
        step(format!("building in {}", checkout.top.display()), || {
            checkout.fill(commit)?;
            let mut build = checkout.cargo();
            build.args(["xtask", "build"]);
            shown(build, BUILD_LIMIT)?.ensure()?;
            checkout.tarball = package::pack_from(&checkout.top, folder)?;
            Ok(checkout)
        })
    }

    fn fill(&self, commit: &Commit) -> Result<()> {
        fs::create_dir_all(&self.top)?;
        let top = self.top.display().to_string();
        git(&["clone", "--quiet", "--no-checkout", ".", &top])?;
        git(&["-C", &top, "checkout", "--quiet", "--detach", &commit.id]).map(drop)
    }

    /// cargo in this checkout, with a target folder that nothing else uses.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&self.top);
        cargo.env("CARGO_TARGET_DIR", self.top.join("target"));
        cargo
    }
}

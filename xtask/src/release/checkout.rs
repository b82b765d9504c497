//! The last commit in a folder of its own, and the package built there from nothing.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};
use fs_err as fs;

use crate::console::step;
use crate::package;
use crate::process::{cmd, quiet, shown};

const LIMIT: Duration = Duration::from_mins(2);
const BUILD_LIMIT: Duration = Duration::from_mins(40);

/// The commit that is built.
pub struct Commit {
    /// Its hash.
    pub id: String,
    /// When it was made, in UTC, as in RFC 3339.
    pub time: String,
}

impl Commit {
    /// The last commit. It fails when the tree has anything that is not in it.
    pub fn clean() -> Result<Self> {
        let changes = quiet(cmd!("git status --porcelain"), LIMIT)?;
        ensure!(
            changes.is_empty(),
            "a release is made of a commit alone, and these files are not as the last one has them. \
             Commit them, or put them aside with `git stash --include-untracked`:\n{changes}"
        );
        let mut time =
            cmd!("git show --no-patch --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ");
        time.env("TZ", "UTC");
        Ok(Self {
            id: quiet(cmd!("git rev-parse HEAD"), LIMIT)?.trim().to_owned(),
            time: quiet(time, LIMIT)?.trim().to_owned(),
        })
    }
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
            let (top, id) = (&checkout.top, &commit.id);
            fs::create_dir_all(top)?;
            quiet(cmd!("git clone --quiet --no-checkout . {top}"), LIMIT)?;
            quiet(cmd!("git -C {top} checkout --quiet --detach {id}"), LIMIT)?;
            shown(checkout.cargo("xtask build")?, BUILD_LIMIT)?;
            checkout.tarball = package::pack(&checkout.top, folder)?;
            Ok(checkout)
        })
    }

    /// cargo in this checkout, with a target folder that nothing else uses.
    pub fn cargo(&self, arguments: &str) -> Result<Command> {
        let arguments = arguments.split(' ');
        let mut cargo = cmd!("cargo {arguments...}");
        cargo.current_dir(&self.top);
        cargo.env("CARGO_TARGET_DIR", self.top.join("target"));
        Ok(cargo)
    }
}

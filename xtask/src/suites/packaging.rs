//! What npm publishes, and whether the demo could be deployed.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::console::{note, step};
use crate::demo;
use crate::package::features;
use crate::process::{quiet, shown};
use crate::setup::node;
use crate::{package, suites};

const LIMIT: Duration = Duration::from_mins(5);

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    let folder = tempfile::tempdir()?;
    let tarball = step("packing the package", || package::pack(folder.path()))?;

    demo::build_page()?;

    let mut files = suites::node_tests(Path::new("tests/packaging"))?;
    files.env("DIVAR_TARBALL", &tarball);
    report.step("what is in the package", || shown(files, LIMIT));

    report.check("no feature of WebAssembly newer than Chrome 92", || {
        modules(&tarball, folder.path())
    });

    let mut publint = node::program("publint");
    publint.arg("--strict").arg(&tarball);
    report.step("publint", || shown(publint, LIMIT));

    let mut types = node::program("attw");
    types
        .args(["--no-emoji", "--format", "ascii"])
        .arg(&tarball);
    report.step("arethetypeswrong", || shown(types, LIMIT));

    let mut deploy = demo::wrangler()?;
    deploy.args(["deploy", "--dry-run", "--outdir"]);
    deploy.arg(folder.path().join("demo"));
    report.step("wrangler deploy --dry-run", || shown(deploy, LIMIT));
    Ok(())
}

/// Looks at each module in the tarball, unpacked into `folder`.
fn modules(tarball: &Path, folder: &Path) -> Result<()> {
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(tarball).arg("-C").arg(folder);
    quiet(tar, LIMIT)?;
    let package = folder.join("package");
    for path in features::check(&package.join("wasm"))? {
        note(path.strip_prefix(&package)?.display());
    }
    Ok(())
}

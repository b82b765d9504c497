//! The package as a user gets it: packed, installed in an empty folder, imported from there, in every
//! runtime that it is meant for.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use fs_err as fs;
use tempfile::TempDir;

use super::{LIMIT, Report, node_tests};
use crate::console::step;
use crate::emulator::{Emulator, NO_KEEP_ALIVE};
use crate::package;
use crate::process::{cmd, quiet};
use crate::setup::{node, tools, with_tools};

pub fn run(report: &mut Report) -> Result<()> {
    let user = step(
        "packing the package and installing it as a user does",
        install,
    )?;
    let user = user.path();
    let emulator = Emulator::start(&[])?;
    report.command(
        "each server's runtime",
        emulator.env(cases("servers", user)?),
    );
    let mut tests = node_tests(user.join("runtimes"))?;
    tests.current_dir(user);
    report.command("what only Node shows", emulator.env(tests));
    let adapters = node_tests("tests/servers")?;
    report.command(
        "behind the adapters of Node's servers",
        emulator.env(adapters),
    );
    report.command("the probe", emulator.env(node_tests("tests/probe")?));
    drop(emulator);

    let emulator = Emulator::start(NO_KEEP_ALIVE)?;
    report.command("each browser", emulator.env(cases("browsers", user)?));
    report.command(
        "in the pages of an app",
        emulator.env(node_tests("tests/pages")?),
    );
    let types = cmd!("node_modules/.bin/tsc --noEmit --project {user}");
    report.command("the published types", types);
    Ok(())
}

/// All cases in each runtime of a group. What starts those wants a Node as new as wrangler's.
fn cases(group: &str, user: &Path) -> Result<Command> {
    let node = node::for_wrangler()?;
    let mut tests = cmd!(
        "{node} --test --test-force-exit --test-reporter=spec tests/runtimes/hosts/{group}.test.js"
    );
    tests.env("DIVAR_PACKAGE", user.join("runtimes"));
    with_tools(tests, &[tools::GECKODRIVER])
}

/// An empty project with the packed package, the assertions of the cases, and the tests in it: from there,
/// the package's name means the packed one.
fn install() -> Result<TempDir> {
    let packed = tempfile::tempdir()?;
    let tarball = package::pack(Path::new("."), packed.path())?;
    let user = tempfile::Builder::new().prefix("divar-user-").tempdir()?;
    let manifest = "{ \"private\": true, \"type\": \"module\" }\n";
    fs::write(user.path().join("package.json"), manifest)?;
    let chai = fs::canonicalize("node_modules/chai")?;
    let mut npm =
        cmd!("npm install --no-audit --no-fund --loglevel=error --install-links {tarball} {chai}");
    npm.current_dir(user.path());
    quiet(npm, LIMIT)?;
    let folder = user.path();
    quiet(
        cmd!("cp -r tests/support tests/runtimes tests/types/. {folder}"),
        LIMIT,
    )?;
    Ok(user)
}

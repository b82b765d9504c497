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
use crate::process::{cmd, quiet, shown};
use crate::setup::{node, tools, with_tools};

/// The runtimes, by their names in the report and in tests/runtimes/hosts/runtimes.js.
const RUNTIMES: &[(&str, &str)] = &[
    ("Node in PATH, import", "node-import"),
    ("Node in PATH, require", "node-require"),
    ("current Node", "node-current"),
    ("Deno", "deno"),
    ("Bun", "bun"),
    ("workerd", "workerd"),
    ("edge-light", "edge-light"),
];

const BROWSERS: &[(&str, &str)] = &[
    ("Chromium, page", "chromium-page"),
    ("Chromium, worker", "chromium-worker"),
    ("Chromium, service worker", "chromium-service-worker"),
    ("Chromium 92, page", "chromium-92-page"),
    ("Firefox, page", "firefox-page"),
    ("Firefox, worker", "firefox-worker"),
    ("Firefox, service worker", "firefox-service-worker"),
];

pub fn run(report: &mut Report) -> Result<()> {
    let user = step(
        "packing the package and installing it as a user does",
        install,
    )?;
    let user = user.path();
    let emulator = Emulator::start(&[])?;
    for (what, id) in RUNTIMES {
        report.command(what, emulator.env(host_script("run.js", &[id], user)?));
    }
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
    for (what, id) in BROWSERS {
        report.command(what, emulator.env(host_script("run.js", &[id], user)?));
    }
    report.command(
        "in the pages of an app",
        emulator.env(node_tests("tests/pages")?),
    );
    let types = cmd!("node_modules/.bin/tsc --noEmit --project {user}");
    report.command("the published types", types);
    shown(host_script("table.js", &[], user)?, LIMIT)
}

/// A script of tests/runtimes/hosts. Their libraries want a Node as new as wrangler's.
fn host_script(name: &str, arguments: &[&str], user: &Path) -> Result<Command> {
    let node = node::for_wrangler()?;
    let mut script = cmd!("{node} tests/runtimes/hosts/{name} {arguments...}");
    script.env("DIVAR_PACKAGE", user.join("runtimes"));
    with_tools(script, &[tools::GECKODRIVER])
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

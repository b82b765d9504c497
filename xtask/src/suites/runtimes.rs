//! The package as a user gets it: packed, installed in an empty folder, imported from there, in
//! every runtime that it is meant for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::Package;
use super::report::Report;
use crate::console::step;
use crate::process::{quiet, shown};
use crate::server::Server;
use crate::setup::{Workbench, apt, node};
use crate::{emulator, suites};

const LIMIT: Duration = Duration::from_mins(15);
const EMULATOR_PORT: u16 = 9311;

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

/// Browsers by themselves send a request again whose kept connection was reset, a message too.
const BROWSERS: &[(&str, &str)] = &[
    ("Chromium, page", "chromium-page"),
    ("Chromium, worker", "chromium-worker"),
    ("Chromium, service worker", "chromium-service-worker"),
    ("Chromium 92, page", "chromium-92-page"),
    ("Firefox, page", "firefox-page"),
    ("Firefox, worker", "firefox-worker"),
    ("Firefox, service worker", "firefox-service-worker"),
];

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::BROWSERS)?;
    let hosts = Hosts {
        workbench: Workbench::for_browsers()?,
        user: step(
            "packing the package and installing it as a user does",
            install,
        )?,
    };
    copy_tests(hosts.user.path())?;

    let emulator = emulator::start(EMULATOR_PORT)?;
    hosts.run_all(report, RUNTIMES, &emulator)?;
    report.step("what only Node shows", || {
        shown(hosts.node_tests(&emulator)?, LIMIT)
    });
    report.step("behind the adapters of Node's servers", || {
        shown(node_tests("tests/servers", &emulator)?, LIMIT)
    });
    report.step("the probe", || {
        shown(node_tests("tests/probe", &emulator)?, LIMIT)
    });
    drop(emulator);
    let emulator = emulator::start_with(EMULATOR_PORT, &["--no-keep-alive"])?;
    hosts.run_all(report, BROWSERS, &emulator)?;
    report.step("in the pages of an app", || {
        shown(node_tests("tests/pages", &emulator)?, LIMIT)
    });

    let mut types = node::program("tsc");
    types.args(["--noEmit", "--project"]).arg(hosts.user.path());
    report.step("the published types", || shown(types, LIMIT));
    shown(hosts.script("table.js")?, LIMIT)?.ensure().map(drop)
}

/// What drives the runtimes, and the folder in which the packed package is installed.
struct Hosts {
    workbench: Workbench,
    user: TempDir,
}

impl Hosts {
    fn run_all(
        &self,
        report: &mut Report,
        runtimes: &[(&str, &str)],
        emulator: &Server,
    ) -> Result<()> {
        for (name, id) in runtimes {
            let mut host = self.script("run.js")?;
            emulator::tell(host.arg(id), emulator);
            report.step(name, || shown(host, LIMIT));
        }
        Ok(())
    }

    /// One of the scripts in tests/runtimes/hosts. Their libraries want a Node as new as wrangler's.
    fn script(&self, name: &str) -> Result<Command> {
        let node = node::for_wrangler()?;
        let mut host = self.workbench.command(&node.to_string_lossy());
        host.arg(Path::new("tests/runtimes/hosts").join(name));
        host.env("DIVAR_PACKAGE", self.user.path().join("runtimes"));
        Ok(host)
    }

    /// What only Node's own test runner shows.
    fn node_tests(&self, emulator: &Server) -> Result<Command> {
        let mut tests = suites::node_tests(&self.user.path().join("runtimes"))?;
        tests.current_dir(self.user.path());
        emulator::tell(&mut tests, emulator);
        Ok(tests)
    }
}

/// Node's tests in a folder of this repository, where the package's name means `pkg/`.
fn node_tests(folder: &str, emulator: &Server) -> Result<Command> {
    let mut tests = suites::node_tests(Path::new(folder))?;
    emulator::tell(&mut tests, emulator);
    Ok(tests)
}

/// From there, the package's name means what was packed; from here, it means `pkg/`.
fn copy_tests(user: &Path) -> Result<()> {
    for folder in ["support", "runtimes", "runtimes/inside"] {
        let to = user.join(folder);
        fs::create_dir(&to)?;
        copy(&Path::new("tests").join(folder), &[".js", ".cjs"], &to)?;
    }
    copy(Path::new("tests/types"), &[".ts", "tsconfig.json"], user)
}

/// An empty project with the packed package in it, and the assertions that the cases are written in.
fn install() -> Result<TempDir> {
    let packed = tempfile::tempdir()?;
    let mut pack = Command::new("npm");
    pack.args([
        "pack",
        "--silent",
        "--workspace",
        "pkg",
        "--pack-destination",
    ])
    .arg(packed.path());
    quiet(pack, LIMIT)?;
    let user = tempfile::Builder::new().prefix("divar-user-").tempdir()?;
    fs::write(
        user.path().join("package.json"),
        "{ \"private\": true, \"type\": \"module\" }\n",
    )?;
    let mut install = Command::new("npm");
    install.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
    install
        .arg("--install-links")
        .arg(tarball(packed.path())?)
        .arg(Path::new("node_modules/chai").canonicalize()?)
        .current_dir(user.path());
    quiet(install, LIMIT)?;
    Ok(user)
}

fn tarball(folder: &Path) -> Result<PathBuf> {
    let files = suites::files_ending(folder, ".tgz")?;
    files
        .into_iter()
        .next()
        .context("`npm pack` left no tarball")
}

/// Copies the files of `from` whose names end in one of `ends` into `to`.
fn copy(from: &Path, ends: &[&str], to: &Path) -> Result<()> {
    for end in ends {
        for file in suites::files_ending(from, end)? {
            let name = file.file_name().context("a file has a name")?;
            fs::copy(&file, to.join(name))
                .with_context(|| format!("could not copy {}", file.display()))?;
        }
    }
    Ok(())
}

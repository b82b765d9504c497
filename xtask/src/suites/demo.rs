//! The demo end to end: the page in browsers, its edge function in workerd, the emulator behind.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::demo::{self, Demo};
use crate::process::shown;
use crate::server::Server;
use crate::setup::{Workbench, apt, node};
use crate::{emulator, suites};

const LIMIT: Duration = Duration::from_mins(30);

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::BROWSERS)?;
    let workbench = Workbench::for_browsers()?;
    let emulator = emulator::start(0)?;
    demo::build_page()?;
    let demo = Demo::start(&emulator, 0)?;

    let mut tests = suites::node_tests(Path::new("tests/demo"))?;
    workbench.lend_path(&mut tests);
    tell(&mut tests, &emulator, &demo);
    report.step("the demo in Chromium and Firefox", || shown(tests, LIMIT));

    let mut lighthouse = Command::new(node::for_wrangler()?);
    lighthouse.args(["tests/demo/lighthouse.js", &demo.server.url]);
    report.step("the demo in Lighthouse, on a phone", || {
        shown(lighthouse, LIMIT)
    });
    Ok(())
}

/// Leaves pictures of the demo's main states in `folder`.
pub fn screenshots(folder: &Path) -> Result<()> {
    Package::default().ensure()?;
    apt::ensure(apt::BROWSERS)?;
    let emulator = emulator::start(0)?;
    demo::build_page()?;
    let demo = Demo::start(&emulator, 0)?;
    let mut script = Command::new("node");
    script.arg("tests/demo/screenshots.js").arg(folder);
    tell(&mut script, &emulator, &demo);
    shown(script, LIMIT)?.ensure().map(drop)
}

fn tell(command: &mut Command, emulator: &Server, demo: &Demo) {
    command.env("DEMO_URL", &demo.server.url);
    emulator::tell(command, emulator);
}

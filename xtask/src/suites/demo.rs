//! The demo end to end: the page in Chromium, its edge function in workerd, the emulator behind.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::demo::{self, Demo};
use crate::process::shown;
use crate::setup::{apt, node};
use crate::{emulator, suites};

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::BROWSERS)?;
    let emulator = emulator::start(0)?;
    demo::build_page()?;
    let demo = Demo::start(&emulator, 0)?;
    let mut tests = suites::node_tests(Path::new("tests/demo"))?;
    tests
        .env("DEMO_URL", &demo.server.url)
        .env("NODE22", node::for_wrangler()?);
    emulator::tell(&mut tests, &emulator);
    report.step("the demo in Chromium", || {
        shown(tests, Duration::from_mins(15))
    });
    Ok(())
}

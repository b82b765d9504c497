//! What is taken out of pictures and films, and what stays, by programs that are not ours; and what
//! browsers themselves do: pictures drawn anew, voices recorded.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::process::shown;
use crate::setup::{Workbench, apt};
use crate::suites;

const LIMIT: Duration = Duration::from_mins(10);

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::BROWSERS)?;
    apt::ensure(apt::MEDIA)?;
    let workbench = Workbench::for_browsers()?;
    for (name, folder) in [
        ("exiftool, ffmpeg, libjpeg, Chromium", "tests/media"),
        ("pictures drawn anew, voices recorded", "tests/prepare"),
    ] {
        let tests = suites::node_tests(Path::new(folder))?;
        // The driver of Firefox is one of the workbench's tools.
        let mut node = workbench.command("node");
        node.args(tests.get_args());
        report.step(name, || shown(node, LIMIT));
    }
    Ok(())
}

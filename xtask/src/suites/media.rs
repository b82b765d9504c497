//! What is taken out of pictures and films, and what stays, by programs that are not ours.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::process::shown;
use crate::setup::apt;
use crate::suites;

const LIMIT: Duration = Duration::from_mins(10);

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    apt::ensure(apt::BROWSERS)?;
    apt::ensure(apt::MEDIA)?;
    let tests = suites::node_tests(Path::new("tests/media"))?;
    report.step("exiftool, ffmpeg, libjpeg, Chromium", || {
        shown(tests, LIMIT)
    });
    Ok(())
}

//! The documents: their code is compiled against the built package, and their links lead somewhere.
//! The references are built without a warning.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::Package;
use super::report::Report;
use crate::process::shown;
use crate::{docs, suites};

const LIMIT: Duration = Duration::from_mins(10);

pub fn run(report: &mut Report, package: &Package) -> Result<()> {
    package.ensure()?;
    let tests = suites::node_tests(Path::new("tests/docs"))?;
    report.step("code and links", || shown(tests, LIMIT));
    report.step("the package's reference", || shown(docs::typedoc(), LIMIT));
    report.step("the crates' reference", || shown(docs::rustdoc()?, LIMIT));
    Ok(())
}

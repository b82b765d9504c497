//! `cargo xtask size`: what a page downloads, beside what people would import instead.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::console::step;
use crate::package::wasm::{Goal, Module};
use crate::process::{cmd, shown};
use crate::setup::node;

const LIMIT: Duration = Duration::from_mins(10);

/// The same three steps with the usual crates.
const REQWEST_MODULE: Module = Module {
    what: "the three steps with reqwest and serde",
    krate: "bench/reqwest",
    folder: "bench/reqwest/pkg",
    arguments: &[],
    as_file: false,
    optimised_for: Goal::Size,
};

/// Prints the table, and fails when something is larger than its budget.
pub fn check(with_reqwest: bool) -> Result<()> {
    node::ensure(".")?;
    if with_reqwest {
        step(format!("compiling {}", REQWEST_MODULE.what), || {
            REQWEST_MODULE.build(Path::new(REQWEST_MODULE.folder))
        })?;
    }
    let reqwest = with_reqwest.then_some("--with-reqwest");
    shown(cmd!("node bench/size/run.js --check {reqwest...}"), LIMIT)
}

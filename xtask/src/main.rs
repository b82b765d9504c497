//! The project's task runner: `cargo xtask --help` lists its commands.

mod bench;
mod console;
mod demo;
mod emulator;
mod fuzz;
mod package;
mod process;
mod release;
mod report;
mod server;
mod setup;
mod size;
mod suites;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, value_parser};

use suites::Suite;

/// Builds, shows and tests divar-chat-media. Each command installs what it lacks, by itself.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Leave pkg/ ready for `npm pack`
    Build,
    /// Start the demo over the emulator and print its address
    Demo {
        /// The demo's port [default: 8787, or a free one]
        #[arg(long)]
        port: Option<u16>,
    },
    /// Run the tests
    Test {
        /// The suites to run [default: all]
        suites: Vec<Suite>,
    },
    /// Send many uploads through scripted faults, and check the outcome of each
    Storm {
        /// How many uploads in Node; in Chromium there are 30 % as many
        #[arg(long, default_value_t = suites::STORM_UPLOADS)]
        uploads: u32,
        /// The seed of the faults [default: another one each time]
        #[arg(long)]
        seed: Option<u32>,
    },
    /// Run the parsers of media files on generated ones, none of which may break them
    Fuzz {
        /// The targets to run [default: all]
        targets: Vec<String>,
        /// How long each runs
        #[arg(long, default_value_t = fuzz::SECONDS)]
        seconds: u32,
    },
    /// Compare the package's speed with raw fetch and the usual libraries, in Chromium, and its handler in workerd
    Bench {
        /// The parts to run [default: all]
        parts: Vec<bench::Part>,
        /// How many rounds the medians are of
        #[arg(long, default_value_t = bench::ROUNDS, value_parser = value_parser!(u32).range(bench::FEWEST..))]
        rounds: u32,
    },
    /// Print what a page downloads from the built package, beside its peers; fails above a budget
    Size {
        /// Also build and measure the same three steps in Rust with reqwest and serde
        #[arg(long)]
        with_reqwest: bool,
    },
    /// Build what would be published twice from the last commit, and check it, its changelog and its dependencies
    Release {
        /// Publish nothing: a person does, from target/release-candidate
        #[arg(long)]
        dry_run: bool,
    },
    /// Check licences, sources and known vulnerabilities of the crates and npm packages
    Audit,
    /// Write the package's API reference to target/docs and the crates' to target/doc
    Docs,
    /// Write pictures of the demo's main states into target/screenshots
    Screenshots,
    /// Install everything that the other commands need
    Setup,
}

fn main() -> ExitCode {
    match run(&Task::parse()) {
        Ok(code) => code,
        Err(error) => {
            anstream::eprintln!("{} {error:#}", console::paint("31", "✗"));
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> Result<ExitCode> {
    process::end_children_on_interrupt()?;
    // Every path in this program is relative to the top of the repository.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))?;
    match task {
        Task::Build => package::build()?,
        Task::Demo { port } => demo::run(*port)?,
        Task::Test { suites } => return Ok(suites::run(suites)),
        Task::Storm { uploads, seed } => return Ok(suites::run_storm(*uploads, *seed)),
        Task::Fuzz { targets, seconds } => fuzz::run(targets, *seconds)?,
        Task::Bench { parts, rounds } => bench::run(parts, *rounds)?,
        Task::Size { with_reqwest } => size::check(*with_reqwest)?,
        Task::Release { dry_run } => return release::run(*dry_run),
        Task::Audit => return release::audit(),
        Task::Docs => suites::write_references()?,
        Task::Screenshots => suites::screenshots(Path::new("target/screenshots"))?,
        Task::Setup => setup::everything()?,
    }
    Ok(ExitCode::SUCCESS)
}

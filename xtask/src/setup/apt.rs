//! Debian packages: browsers, their drivers, other clients, and the second source of a Rust for WebAssembly.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Result, bail};
use nix::unistd::geteuid;
use which::which;

use crate::console::{note, step};
use crate::process::{cmd, quiet};

/// What the tests in browsers run.
pub const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-driver",
    "firefox-esr",
    "webkit2gtk-driver",
    "xvfb",
    "ffmpeg",
];
/// Clients of other projects, which upload to the emulator.
pub const CLIENTS: &[&str] = &["curl", "python3-requests"];
/// Backends of the examples in other languages than JavaScript.
pub const EXAMPLES: &[&str] = &["php-cli", "python3-flask", "python3-requests"];
/// What builds libFuzzer.
pub const FUZZING: &[&str] = &["g++"];
/// Readers of media files of other projects.
pub const MEDIA: &[&str] = &[
    "libimage-exiftool-perl",
    // Without it exiftool does not look into the new office formats.
    "libarchive-zip-perl",
    "libjpeg-turbo-progs",
    // Makes the HEIC files of the tests, and decodes them with libheif.
    "libheif-examples",
];

/// All of them.
pub const ALL: &[&[&str]] = &[BROWSERS, CLIENTS, EXAMPLES, FUZZING, MEDIA];

/// Installs those of `packages` that are missing. Elsewhere than on Debian it names them all.
pub fn ensure(packages: &[&str]) -> Result<()> {
    if which("apt-get").is_err() {
        note(format!(
            "this is no Debian system: what follows needs the programs of Debian's {}",
            packages.join(", ")
        ));
        return Ok(());
    }
    // It names on standard error those that it does not know.
    let known =
        cmd!("dpkg-query --show '--showformat=${Package} ${db:Status-Status}\n' {packages...}")
            .output()?;
    let known = String::from_utf8(known.stdout)?;
    let is_missing = |name: &&str| {
        let installed = format!("{name} installed");
        !known.lines().any(|line| line == installed)
    };
    let missing: Vec<_> = packages.iter().copied().filter(is_missing).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let what = format!("installing Debian packages: {}", missing.join(" "));
    step(what, || install(&missing))
}

fn install(missing: &[&str]) -> Result<()> {
    become_root(missing)?;
    if apt_get("install", missing).is_err() {
        // Package lists that are missing or old are the usual reason.
        apt_get("update", &[])?;
        apt_get("install", missing)?;
    }
    Ok(())
}

fn apt_get(verb: &str, packages: &[&str]) -> Result<()> {
    let sudo: &[&str] = if geteuid().is_root() {
        &[]
    } else {
        &["sudo", "--non-interactive"]
    };
    // sudo takes most variables out of the environment, so they are set behind it.
    let apt_get = cmd!(
        "env {sudo...} env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 {verb} --no-install-recommends {packages...}"
    );
    quiet(apt_get, Duration::from_mins(20)).map(drop)
}

/// Asks for the password while this program has the terminal, so that `apt-get` can run unattended after it.
fn become_root(missing: &[&str]) -> Result<()> {
    if geteuid().is_root() {
        return Ok(());
    }
    let mut ask = cmd!("sudo --validate");
    ask.stdout(Stdio::inherit());
    if ask.status().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    bail!(
        "these packages need root. Run this once, then start again:\n  \
         apt-get update && apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    )
}

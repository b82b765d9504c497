//! Debian packages: browsers, their drivers, other clients, and the second source of a Rust for WebAssembly.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use nix::unistd::geteuid;
use which::which;

use crate::console::step;
use crate::process::{cmd, quiet};

/// Packages that the tests in browsers run.
pub const BROWSERS: &[Package] = &[
    package("chromium", "chromium"),
    package("chromium-driver", "chromedriver"),
    package("firefox-esr", "firefox-esr"),
    package("webkit2gtk-driver", "WebKitWebDriver"),
    package("xvfb", "xvfb-run"),
    package("ffmpeg", "ffmpeg"),
];

/// Clients of other projects, which upload to the emulator.
pub const CLIENTS: &[Package] = &[
    package("curl", "curl"),
    // A library: elsewhere than on Debian only its Python can be looked for.
    package("python3-requests", "python3"),
];

/// Backends of the examples in other languages than JavaScript.
pub const EXAMPLES: &[Package] = &[
    package("php-cli", "php"),
    // Libraries, as above.
    package("python3-flask", "python3"),
    package("python3-requests", "python3"),
];

/// What builds libFuzzer.
pub const FUZZING: &[Package] = &[package("g++", "g++")];

/// Readers of media files of other projects.
pub const MEDIA: &[Package] = &[
    package("libimage-exiftool-perl", "exiftool"),
    // Without it exiftool does not look into the new office formats.
    package("libarchive-zip-perl", "crc32"),
    package("libjpeg-turbo-progs", "djpeg"),
    // Makes the HEIC files of the tests, and decodes them with libheif.
    package("libheif-examples", "heif-enc"),
];

/// All of them.
pub const ALL: &[&[Package]] = &[BROWSERS, CLIENTS, EXAMPLES, FUZZING, MEDIA];

/// A Debian package and a program that it brings.
pub struct Package {
    name: &'static str,
    program: &'static str,
}

/// A row of the tables.
pub const fn package(name: &'static str, program: &'static str) -> Package {
    Package { name, program }
}

/// Installs those of `packages` that are missing. Elsewhere than on Debian it fails and names them.
pub fn ensure(packages: &[Package]) -> Result<()> {
    if which("dpkg-query").is_err() || which("apt-get").is_err() {
        let programs = packages.iter().map(|package| package.program);
        let missing: Vec<_> = programs.filter(|program| which(program).is_err()).collect();
        ensure!(
            missing.is_empty(),
            "this is no Debian system, so these programs have to be installed by hand and be in PATH: {}",
            missing.join(", ")
        );
        return Ok(());
    }
    let mut missing = Vec::new();
    for Package { name, .. } in packages {
        if !installed(name)? {
            missing.push(*name);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let what = format!("installing Debian packages: {}", missing.join(" "));
    step(what, || install(&missing))
}

fn installed(name: &str) -> Result<bool> {
    let mut query = cmd!("dpkg-query --show '--showformat=${db:Status-Status}' {name}");
    Ok(query.output()?.stdout == b"installed")
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
    let root: &[&str] = if geteuid().is_root() {
        &["env"]
    } else {
        &["sudo", "--non-interactive", "env"]
    };
    let (program, arguments) = (root[0], &root[1..]);
    let apt_get = cmd!(
        "{program} {arguments...} DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 {verb} --no-install-recommends {packages...}"
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

//! Debian packages: browsers, their drivers, other clients, and the wasm toolchain's second source.

use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Result, bail};

use crate::console::step;
use crate::process::quiet;

/// Packages that the browser tests and the demo's tests run.
pub const BROWSERS: &[Package] = &[
    Package {
        name: "chromium",
        program: "chromium",
    },
    Package {
        name: "chromium-driver",
        program: "chromedriver",
    },
    Package {
        name: "firefox-esr",
        program: "firefox-esr",
    },
    Package {
        name: "webkit2gtk-driver",
        program: "WebKitWebDriver",
    },
    Package {
        name: "xvfb",
        program: "xvfb-run",
    },
    Package {
        name: "ffmpeg",
        program: "ffmpeg",
    },
];

/// Clients that are not ours, which upload to the emulator.
pub const CLIENTS: &[Package] = &[
    Package {
        name: "curl",
        program: "curl",
    },
    // A library: elsewhere than on Debian all that can be seen is whether there is a Python.
    Package {
        name: "python3-requests",
        program: "python3",
    },
];

/// Backends of the examples in other languages than JavaScript.
pub const EXAMPLES: &[Package] = &[
    Package {
        name: "php-cli",
        program: "php",
    },
    // Libraries: elsewhere than on Debian all that can be seen is whether there is a Python.
    Package {
        name: "python3-flask",
        program: "python3",
    },
    Package {
        name: "python3-requests",
        program: "python3",
    },
];

/// What builds libFuzzer.
pub const FUZZING: &[Package] = &[Package {
    name: "g++",
    program: "g++",
}];

/// Readers that are not ours, of what was taken out of pictures and films and of what is left.
pub const MEDIA: &[Package] = &[
    Package {
        name: "libimage-exiftool-perl",
        program: "exiftool",
    },
    // Without it exiftool does not look into the new office formats.
    Package {
        name: "libarchive-zip-perl",
        program: "crc32",
    },
    Package {
        name: "libjpeg-turbo-progs",
        program: "djpeg",
    },
    // Makes the HEIC files of the tests, and decodes them with libheif.
    Package {
        name: "libheif-examples",
        program: "heif-enc",
    },
];

/// A Debian package and the program that it is wanted for.
pub struct Package {
    /// The package's name in Debian.
    pub name: &'static str,
    /// A program that it brings.
    pub program: &'static str,
}

/// Installs those of `packages` that are missing. Elsewhere than on Debian it names what is missing.
pub fn ensure(packages: &[Package]) -> Result<()> {
    if on_path("dpkg-query").is_none() || on_path("apt-get").is_none() {
        return explain_elsewhere(packages);
    }
    let missing: Vec<_> = packages
        .iter()
        .map(|p| p.name)
        .filter(|name| !installed(name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    step(
        format!("installing Debian packages: {}", missing.join(" ")),
        || install(&missing),
    )
}

fn explain_elsewhere(packages: &[Package]) -> Result<()> {
    let missing: Vec<_> = packages
        .iter()
        .filter(|p| on_path(p.program).is_none())
        .map(|p| p.program)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "this is no Debian system, so these programs have to be installed by hand and be in PATH: {}",
        missing.join(", ")
    )
}

fn installed(name: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", name]);
    query
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}

fn install(missing: &[&str]) -> Result<()> {
    become_root(missing)?;
    let install = ["install", "-y", "--no-install-recommends"];
    let arguments: Vec<_> = install.iter().chain(missing).copied().collect();
    if apt_get(&arguments).is_err() {
        // Package lists that are missing or old are the usual reason.
        apt_get(&["update"])?;
        apt_get(&arguments)?;
    }
    Ok(())
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = if is_root() {
        Command::new("env")
    } else {
        Command::new("sudo")
    };
    if !is_root() {
        command.args(["--non-interactive", "env"]);
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]);
    command
        .args(["-o", "DPkg::Lock::Timeout=300"])
        .args(arguments);
    quiet(command, Duration::from_mins(20)).map(drop)
}

/// Asks for the password while the terminal is ours, so that `apt-get` can run unattended after it.
fn become_root(missing: &[&str]) -> Result<()> {
    if is_root() {
        return Ok(());
    }
    let mut ask = Command::new("sudo");
    ask.arg("--validate").stdout(Stdio::inherit());
    if on_path("sudo").is_some() && ask.status().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    bail!(
        "these packages need root. Run this once, then start again:\n  \
         apt-get update && apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    )
}

fn is_root() -> bool {
    // The owner of our own process' folder is the user that we run as.
    std::fs::metadata("/proc/self").is_ok_and(|folder| folder.uid() == 0)
}

/// Where `program` is found along PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

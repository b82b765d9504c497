//! A Rust toolchain that compiles to `wasm32-unknown-unknown` and has the standard library's source.
//!
//! rustup's own is taken where its servers can be reached. Elsewhere Debian's Rust serves, whose
//! standard library for wasm is built here once and linked into rustup as a toolchain.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::apt::{self, Package};
use super::cache;
use crate::console::{note, step};
use crate::process::{self, quiet};

const TARGET: &str = "wasm32-unknown-unknown";
const LINKED: &str = "divar-wasm";
const RUSTUP_LIMIT: Duration = Duration::from_mins(3);

const DEBIAN_RUST: &[Package] = &[
    Package {
        name: "rustc-web",
        program: "rustc",
    },
    Package {
        name: "cargo-web",
        program: "cargo",
    },
    Package {
        name: "rust-web-src",
        program: "rustc",
    },
    Package {
        name: "rust-web-llvm",
        program: "rust-lld",
    },
    Package {
        name: "rust-web-clippy",
        program: "cargo-clippy",
    },
    // rust-lld is a link to it.
    Package {
        name: "lld-22",
        program: "lld-22",
    },
];

/// Which Rust builds the module.
pub enum Toolchain {
    /// The one that runs us.
    Rustup,
    /// Debian's, linked into rustup under a name of ours.
    Debian,
}

impl Toolchain {
    /// Makes `command` and its children use this toolchain.
    pub fn apply(&self, command: &mut Command) {
        if let Self::Debian = self {
            command.env("RUSTUP_TOOLCHAIN", LINKED);
        }
    }
}

/// Finds or makes the toolchain.
pub fn ensure() -> Result<Toolchain> {
    let own = sysroot(Command::new("rustc"))?;
    if is_complete(&own) {
        return Ok(Toolchain::Rustup);
    }
    let refusal = cache::folder()?.join(format!("rustup-refused-{}", identity("rustc")?));
    if !refusal.exists() {
        let answer = step(format!("asking rustup for {TARGET} and rust-src"), || {
            let answer = add_by_rustup(&own);
            if process::interrupted() {
                answer.map(Ok)
            } else {
                Ok(answer)
            }
        })?;
        match answer {
            Ok(()) => return Ok(Toolchain::Rustup),
            Err(error) => fs::write(&refusal, format!("{error:#}\n"))?,
        }
    }
    note(format!(
        "rustup cannot add {TARGET} here, so Debian's Rust builds the module"
    ));
    note(format!(
        "(rustup's answer is kept; to let it try again, delete {})",
        refusal.display()
    ));
    ensure_debian()?;
    Ok(Toolchain::Debian)
}

fn add_by_rustup(sysroot: &Path) -> Result<()> {
    for arguments in [["target", "add", TARGET], ["component", "add", "rust-src"]] {
        let mut rustup = Command::new("rustup");
        rustup.args(arguments).env("RUSTUP_MAX_RETRIES", "1");
        quiet(rustup, RUSTUP_LIMIT)?;
    }
    if !is_complete(sysroot) {
        bail!(
            "rustup said that it was done, and yet {} lacks them",
            sysroot.display()
        );
    }
    Ok(())
}

fn sysroot(mut rustc: Command) -> Result<PathBuf> {
    rustc.args(["--print", "sysroot"]);
    Ok(quiet(rustc, RUSTUP_LIMIT)?.trim().into())
}

fn is_complete(sysroot: &Path) -> bool {
    let rustlib = sysroot.join("lib/rustlib");
    rustlib.join(TARGET).join("lib").is_dir() && rustlib.join("src/rust/library").is_dir()
}

/// A compiler's release and commit, as a word that may stand in a file's name.
fn identity(rustc: &str) -> Result<String> {
    let mut command = Command::new(rustc);
    command.arg("--version");
    let version = quiet(command, RUSTUP_LIMIT)?;
    let words = version.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    Ok(words
        .filter(|word| !word.is_empty())
        .take(3)
        .collect::<Vec<_>>()
        .join("-"))
}

fn ensure_debian() -> Result<()> {
    if apt::on_path("apt-get").is_none() {
        bail!(
            "rustup could not add {TARGET}, and this is no Debian system to take another Rust from. \
             Run `rustup target add {TARGET}` and `rustup component add rust-src` where rustup's \
             servers can be reached, then start again"
        );
    }
    apt::ensure(DEBIAN_RUST)?;
    let name = format!("debian-{}", identity("/usr/bin/rustc")?);
    let folder = cache::made_once(&name, |draft| {
        let finished = cache::folder()?.join(&name);
        step(
            format!("building the standard library for {TARGET} (a minute or two, once)"),
            || assemble(draft, &finished),
        )
    })?;
    link(&folder)
}

/// Lays out in `draft` a toolchain that will stand at `finished`: Debian's compiler beside a
/// standard library that Debian does not ship.
fn assemble(draft: &Path, finished: &Path) -> Result<()> {
    let rustlib = draft.join("lib/rustlib");
    let wasm = rustlib.join(TARGET).join("lib");
    fs::create_dir_all(&wasm)?;
    for entry in fs::read_dir("/usr/lib/rustlib")? {
        let entry = entry?;
        if entry.file_name() != TARGET {
            symlink(entry.path(), rustlib.join(entry.file_name()))?;
        }
    }
    build_std(&wasm)?;
    let bin = draft.join("bin");
    fs::create_dir(&bin)?;
    symlink("/usr/bin/cargo", bin.join("cargo"))?;
    // cargo-clippy looks for clippy-driver beside itself, so a link would miss the wrapper.
    fs::copy("/usr/bin/cargo-clippy", bin.join("cargo-clippy"))?;
    for program in ["rustc", "rustdoc"] {
        // A link would not do: the compiler looks for its libraries from where it really is.
        let script = format!(
            "#!/bin/sh\nexec /usr/bin/{program} --sysroot '{}' \"$@\"\n",
            finished.display()
        );
        write_program(&bin.join(program), &script)?;
    }
    let clippy = format!(
        "#!/bin/sh\nSYSROOT='{}' exec /usr/bin/clippy-driver \"$@\"\n",
        finished.display()
    );
    write_program(&bin.join("clippy-driver"), &clippy)
}

fn write_program(path: &Path, script: &str) -> Result<()> {
    fs::write(path, script)?;
    Ok(fs::set_permissions(
        path,
        fs::Permissions::from_mode(0o755),
    )?)
}

/// Builds the standard library beside an empty crate and copies its parts into `destination`.
fn build_std(destination: &Path) -> Result<()> {
    let empty = tempfile::tempdir()?;
    fs::create_dir(empty.path().join("src"))?;
    fs::write(empty.path().join("src/lib.rs"), "")?;
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(empty.path().join("Cargo.toml"), manifest)?;
    let target = empty.path().join("target");
    let mut cargo = Command::new("/usr/bin/cargo");
    cargo.args([
        "build",
        "--release",
        "--target",
        TARGET,
        "-Zbuild-std=std,panic_abort,test",
    ]);
    cargo
        .current_dir(empty.path())
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC", "/usr/bin/rustc");
    // Without the bitcode, a later build with link-time optimisation fails.
    cargo
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    cargo.env_remove("RUSTUP_TOOLCHAIN");
    quiet(cargo, Duration::from_mins(15))?;
    copy_libraries(&target.join(TARGET).join("release/deps"), destination)
}

fn copy_libraries(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("no {}", from.display()))? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let own = name.to_string_lossy().starts_with("libempty-");
        if path
            .extension()
            .is_some_and(|extension| extension == "rlib")
            && !own
        {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// Gives the folder a name in rustup, if it has not got it.
fn link(folder: &Path) -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.env("RUSTUP_TOOLCHAIN", LINKED);
    if sysroot(rustc).is_ok_and(|current| current == folder) {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["toolchain", "link", LINKED]).arg(folder);
    quiet(rustup, RUSTUP_LIMIT).map(drop)
}

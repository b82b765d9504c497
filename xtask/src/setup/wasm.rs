//! A Rust toolchain that compiles to `wasm32-unknown-unknown` and has the standard library's source.
//!
//! rustup's own is used where its servers can be reached. Elsewhere it is Debian's Rust, whose standard
//! library for WebAssembly is built here once and linked into rustup as a toolchain.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use fs_err::os::unix::fs::symlink;

use super::{apt, cache};
use crate::console::{note, step};
use crate::process::{cmd, interrupted, quiet};

const TARGET: &str = "wasm32-unknown-unknown";
const LINKED: &str = "divar-wasm";
const LIMIT: Duration = Duration::from_mins(3);

const DEBIAN_RUST: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "rust-web-clippy",
    // rust-lld is a link to it.
    "lld-22",
];

/// Debian's Rust is announced once.
static NOTED: Once = Once::new();

/// Which Rust builds the module.
pub enum Toolchain {
    /// The one that runs this program.
    Rustup,
    /// Debian's, linked into rustup.
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
    let own = sysroot(cmd!("rustc"))?;
    if is_complete(&own) {
        return Ok(Toolchain::Rustup);
    }
    let refusal = cache::folder()?.join(format!("rustup-refused-{}", identity("rustc")?));
    if !refusal.exists() {
        let added = step(
            format!("asking rustup for {TARGET} and rust-src"),
            || match add_by_rustup(&own) {
                Err(error) if interrupted() => Err(error),
                added => Ok(added),
            },
        )?;
        match added {
            Ok(()) => return Ok(Toolchain::Rustup),
            Err(error) => fs::write(&refusal, format!("{error:#}\n"))?,
        }
    }
    NOTED.call_once(|| {
        let file = refusal.display();
        note(format!(
            "rustup cannot add {TARGET} here, so Debian's Rust builds the module"
        ));
        note(format!(
            "(rustup's answer is kept; to ask it again, delete {file})"
        ));
    });
    ensure_debian()?;
    Ok(Toolchain::Debian)
}

fn add_by_rustup(sysroot: &Path) -> Result<()> {
    for arguments in [["target", "add", TARGET], ["component", "add", "rust-src"]] {
        let mut rustup = cmd!("rustup {arguments...}");
        rustup.env("RUSTUP_MAX_RETRIES", "1");
        quiet(rustup, LIMIT)?;
    }
    ensure!(
        is_complete(sysroot),
        "rustup reported success, but {} lacks them",
        sysroot.display()
    );
    Ok(())
}

fn sysroot(mut rustc: Command) -> Result<PathBuf> {
    rustc.args(["--print", "sysroot"]);
    Ok(quiet(rustc, LIMIT)?.trim().into())
}

fn is_complete(sysroot: &Path) -> bool {
    let rustlib = sysroot.join("lib/rustlib");
    rustlib.join(TARGET).join("lib").is_dir() && rustlib.join("src/rust/library").is_dir()
}

/// A compiler's release and commit as a part of a file's name, such as `rustc-1.96.0-ac68faa20`.
fn identity(rustc: &str) -> Result<String> {
    let version = quiet(cmd!("{rustc} --version"), LIMIT)?;
    let words = version.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    let words: Vec<_> = words.filter(|word| !word.is_empty()).take(3).collect();
    Ok(words.join("-"))
}

fn ensure_debian() -> Result<()> {
    which::which("apt-get").with_context(|| {
        format!(
            "rustup could not add {TARGET}, and this is no Debian system to take another Rust from. \
             Run `rustup target add {TARGET}` and `rustup component add rust-src` where rustup's \
             servers can be reached, then start again"
        )
    })?;
    apt::ensure(DEBIAN_RUST)?;
    let name = format!("debian-{}", identity("/usr/bin/rustc")?);
    let finished = cache::folder()?.join(&name);
    let folder = cache::made_once(&name, |draft| {
        step(
            format!("building the standard library for {TARGET} (a minute or two, once)"),
            || assemble(draft, &finished),
        )
    })?;
    let mut linked = cmd!("rustc");
    linked.env("RUSTUP_TOOLCHAIN", LINKED);
    if sysroot(linked).is_ok_and(|current| current == folder) {
        return Ok(());
    }
    quiet(cmd!("rustup toolchain link {LINKED} {folder}"), LIMIT).map(drop)
}

/// Lays out in `draft` the toolchain for `finished`: Debian's compiler beside a standard library that
/// Debian does not ship.
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
    // cargo-clippy looks for clippy-driver beside itself, so a link would miss the script below.
    fs::copy("/usr/bin/cargo-clippy", bin.join("cargo-clippy"))?;
    // Links would not do: the compiler looks for its libraries beside the file that a link leads to.
    let sysroot = finished.display();
    for (program, script) in [
        (
            "rustc",
            format!("exec /usr/bin/rustc --sysroot '{sysroot}'"),
        ),
        (
            "rustdoc",
            format!("exec /usr/bin/rustdoc --sysroot '{sysroot}'"),
        ),
        (
            "clippy-driver",
            format!("SYSROOT='{sysroot}' exec /usr/bin/clippy-driver"),
        ),
    ] {
        let path = bin.join(program);
        fs::write(&path, format!("#!/bin/sh\n{script} \"$@\"\n"))?;
        fs::set_permissions(&path, Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// Builds the standard library beside an empty crate and copies its parts into `destination`.
fn build_std(destination: &Path) -> Result<()> {
    let empty = tempfile::tempdir()?;
    fs::create_dir(empty.path().join("src"))?;
    fs::write(empty.path().join("src/lib.rs"), "")?;
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(empty.path().join("Cargo.toml"), manifest)?;
    let target = empty.path().join("target");
    let mut cargo =
        cmd!("/usr/bin/cargo build --release --target {TARGET} -Zbuild-std=std,panic_abort,test");
    cargo
        .current_dir(empty.path())
        .env("CARGO_TARGET_DIR", &target);
    cargo
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1");
    // Without the bitcode, a later build with link-time optimisation fails.
    cargo.env("RUSTFLAGS", "-Cembed-bitcode=yes");
    cargo.env_remove("RUSTUP_TOOLCHAIN");
    quiet(cargo, Duration::from_mins(15))?;
    for entry in fs::read_dir(target.join(TARGET).join("release/deps"))? {
        let path = entry?.path();
        let name = path.file_name().context("a file has a name")?;
        let is_library = path
            .extension()
            .is_some_and(|extension| extension == "rlib");
        if is_library && !name.to_string_lossy().starts_with("libempty-") {
            fs::copy(&path, destination.join(name))?;
        }
    }
    Ok(())
}

//! A Rust with the source of its standard library, which is compiled to WebAssembly with what uses it. It is
//! rustup's, or Debian's where rustup's servers cannot be reached.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fs_err as fs;

use super::{apt, tools};
use crate::console::{note, step};
use crate::process::{cmd, interrupted, quiet};

/// The name of Debian's Rust in rustup.
const DEBIAN: &str = "divar-wasm";
const DEBIAN_SYSROOT: &str = "/usr";
const DEBIAN_PACKAGES: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "rust-web-clippy",
    // rust-lld is a link to it.
    "lld-22",
];
const LIMIT: Duration = Duration::from_mins(3);

/// Debian's Rust is announced once.
static NOTED: Once = Once::new();

/// Makes cargo, when `command` or its children start it, compile to WebAssembly.
pub fn apply(command: &mut Command) -> Result<()> {
    if !can_use_rustup()? {
        link_debian()?;
        command.env("RUSTUP_TOOLCHAIN", DEBIAN);
    }
    // A stable cargo takes the second one only with the first.
    command.env("RUSTC_BOOTSTRAP", "1");
    command.env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort,test");
    Ok(())
}

/// Whether the Rust that runs this program has the library's source, or gets it from rustup. A refusal is
/// kept: each version of Rust asks once.
fn can_use_rustup() -> Result<bool> {
    let source = sysroot(cmd!("rustc"))?.join("lib/rustlib/src/rust/library");
    if source.is_dir() {
        return Ok(true);
    }
    let version = quiet(cmd!("rustc --version"), LIMIT)?;
    let refusal = tools::cache()?.join("rustup-refused");
    if !fs::read_to_string(&refusal).is_ok_and(|kept| kept.starts_with(&version)) {
        let added = step("asking rustup for rust-src", || {
            match add_by_rustup(&source) {
                Err(error) if interrupted() => Err(error),
                added => Ok(added),
            }
        })?;
        match added {
            Ok(()) => return Ok(true),
            Err(error) => fs::write(&refusal, format!("{version}{error:#}\n"))?,
        }
    }
    NOTED.call_once(|| {
        note("rustup cannot add rust-src here, so Debian's Rust compiles to WebAssembly");
        let file = refusal.display();
        note(format!("(its answer is kept; to ask again, delete {file})"));
    });
    Ok(false)
}

fn add_by_rustup(source: &Path) -> Result<()> {
    let mut rustup = cmd!("rustup component add rust-src");
    rustup.env("RUSTUP_MAX_RETRIES", "1");
    quiet(rustup, LIMIT)?;
    let missing = source.display();
    ensure!(
        source.is_dir(),
        "rustup reported success, but there is no {missing}"
    );
    Ok(())
}

fn sysroot(mut rustc: Command) -> Result<PathBuf> {
    rustc.args(["--print", "sysroot"]);
    Ok(quiet(rustc, LIMIT)?.trim().into())
}

fn link_debian() -> Result<()> {
    which::which("apt-get").context(
        "rustup could not add rust-src, and this is no Debian system to take another Rust from. Run \
         `rustup component add rust-src` where rustup's servers can be reached, then start again",
    )?;
    apt::ensure(DEBIAN_PACKAGES)?;
    let mut linked = cmd!("rustc");
    linked.env("RUSTUP_TOOLCHAIN", DEBIAN);
    if sysroot(linked).is_ok_and(|current| current == Path::new(DEBIAN_SYSROOT)) {
        return Ok(());
    }
    let link = cmd!("rustup toolchain link {DEBIAN} {DEBIAN_SYSROOT}");
    quiet(link, LIMIT).map(drop)
}

//! `cargo xtask build`: from the crate to a `pkg/` that is ready for `npm pack`.

mod definitions;
mod literal;
mod size;
mod tarball;

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::console::step;
use crate::process::quiet;
use crate::setup::{Workbench, node, target_folder};
pub use tarball::pack;

const LIMIT: Duration = Duration::from_mins(20);
const DIST: &str = "pkg/dist";
const MODULE: &str = "divar_chat_media_bg.wasm";
const GLUE: &str = "divar_chat_media_bg.js";
const TYPES: &str = "divar_chat_media.d.ts";
/// What wasm-pack writes and the package does not use.
const UNUSED: &[&str] = &[
    "divar_chat_media.js",
    TYPES,
    "divar_chat_media_bg.wasm.d.ts",
];

/// Panics abort at once and without their texts, and the instructions are those that Chrome 92 has.
const RUST_FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Ctarget-cpu=mvp \
     -Ctarget-feature=+mutable-globals,+sign-ext,+bulk-memory,+nontrapping-fptoint";

/// The same instructions for wasm-opt, which else writes some that no browser has.
const WASM_OPT_FEATURES: &[&str] = &[
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
];

/// Which of the two modules: they differ by what takes the app's key.
#[derive(Clone, Copy)]
enum Side {
    /// For servers and edge runtimes.
    Secret,
    /// For pages.
    Page,
}

/// Builds the package and prints what it weighs. What an earlier build left stays until the new
/// one is complete.
pub fn build() -> Result<()> {
    node::ensure()?;
    let workbench = Workbench::for_building()?;
    let draft = tempfile::Builder::new()
        .prefix("dist-")
        .tempdir_in("node_modules")?;
    let page = draft.path().join("page");
    fs::create_dir(&page)?;
    step(
        "compiling the crate to wasm, with a standard library made for size",
        || compile(&workbench, draft.path(), Side::Secret),
    )?;
    step("compiling it for pages, without what takes a key", || {
        compile(&workbench, &page, Side::Page)
    })?;
    step("making the modules small with wasm-opt", || {
        optimise(&draft.path().join(MODULE))?;
        optimise(&page.join(MODULE))
    })?;
    let sizes = size::Modules::of(&draft.path().join(MODULE), &page.join(MODULE))?;
    step("writing what the package's entry points need", || {
        write_entry_files(draft.path())?;
        write_page_files(&page)?;
        put_in_place(draft)?;
        for entry in ["index", "edge", "page"] {
            bundle_for_require(entry)?;
        }
        write_types_for_require()?;
        copy_for_readers()
    })?;
    sizes.print()
}

fn compile(workbench: &Workbench, dist: &Path, side: Side) -> Result<()> {
    let mut build = workbench.command("wasm-pack");
    build.args([
        "build",
        ".",
        "--release",
        "--target",
        "bundler",
        "--out-dir",
    ]);
    build.arg(dist.canonicalize()?);
    // The .gitignore that it writes would make `npm pack` leave everything out.
    build.args(["--no-pack", "--no-gitignore"]);
    build.args([
        "--",
        "-Zbuild-std=std,panic_abort",
        "-Zbuild-std-features=optimize_for_size",
    ]);
    if let Side::Page = side {
        build.arg("--no-default-features");
    }
    // A target folder of its own, since other flags make other builds start anew.
    build.env("CARGO_TARGET_DIR", target_folder()?.join("package"));
    build
        .env("RUSTFLAGS", RUST_FLAGS)
        .env("RUSTC_BOOTSTRAP", "1");
    quiet(build, LIMIT).map(drop)
}

fn optimise(module: &Path) -> Result<()> {
    let mut wasm_opt = node::program("wasm-opt");
    wasm_opt
        .arg("-Oz")
        .args(WASM_OPT_FEATURES)
        .arg(module)
        .arg("-o")
        .arg(module);
    quiet(wasm_opt, LIMIT).map(drop)
}

fn write_entry_files(dist: &Path) -> Result<()> {
    write_module(dist)?;
    rewrite_glue(dist, "../")?;
    let types = fs::read_to_string(dist.join(TYPES))?;
    fs::write(dist.join("index.d.ts"), definitions::without_header(&types))?;
    remove(dist, UNUSED)
}

/// A page takes the module as text only, and its types are the same.
fn write_page_files(page: &Path) -> Result<()> {
    write_module(page)?;
    rewrite_glue(page, "../../")?;
    remove(page, UNUSED)?;
    remove(page, &[MODULE])
}

fn write_module(dist: &Path) -> Result<()> {
    let module = fs::read(dist.join(MODULE))?;
    Ok(fs::write(dist.join("wasm.js"), literal::module(&module))?)
}

fn remove(dist: &Path, files: &[&str]) -> Result<()> {
    for file in files {
        fs::remove_file(dist.join(file))?;
    }
    Ok(())
}

/// wasm-bindgen copies the JavaScript files of `pkg/` that the crate imports; the glue gets the
/// files themselves, which are `up` from it, so that nothing is in the package twice. And it
/// becomes a factory.
fn rewrite_glue(dist: &Path, up: &str) -> Result<()> {
    let glue = definitions::with_own_files(&fs::read_to_string(dist.join(GLUE))?, up);
    ensure!(
        !glue.contains("./snippets/"),
        "the crate imports JavaScript from outside of pkg/"
    );
    fs::write(dist.join(GLUE), definitions::as_factory(&glue)?)?;
    Ok(fs::remove_dir_all(dist.join("snippets"))?)
}

fn put_in_place(draft: TempDir) -> Result<()> {
    if Path::new(DIST).exists() {
        fs::remove_dir_all(DIST)?;
    }
    fs::rename(draft.keep(), DIST).context("could not move what was built into pkg/dist")
}

/// Jest, and what else calls `require`, gets one file of its kind.
fn bundle_for_require(entry: &str) -> Result<()> {
    let mut esbuild = node::program("esbuild");
    esbuild
        .arg(format!("pkg/{entry}.js"))
        .arg(format!("--outfile={DIST}/{entry}.cjs"));
    esbuild.args([
        "--bundle",
        "--format=cjs",
        "--platform=neutral",
        "--charset=utf8",
    ]);
    esbuild.arg("--log-level=warning");
    quiet(esbuild, LIMIT).map(drop)
}

/// For TypeScript a definition file is of the same kind as the JavaScript that it stands for.
fn write_types_for_require() -> Result<()> {
    for (from, name) in [
        ("pkg/index.d.ts", "index.d.cts"),
        ("pkg/edge.d.ts", "edge.d.cts"),
        ("pkg/queue.d.ts", "queue.d.cts"),
        ("pkg/dist/index.d.ts", "types.d.cts"),
    ] {
        let types = definitions::for_require(&fs::read_to_string(from)?);
        fs::write(Path::new(DIST).join(name), types)?;
    }
    Ok(())
}

fn copy_for_readers() -> Result<()> {
    for file in ["README.md", "LICENSE"] {
        fs::copy(file, Path::new("pkg").join(file))
            .with_context(|| format!("the package carries {file}, which could not be copied"))?;
    }
    Ok(())
}

//! `cargo xtask build`: from the crate to a `pkg/` that is ready for `npm pack`.

mod definitions;
pub mod features;
mod literal;
mod names;
mod tarball;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::console::{note, step};
use crate::process::quiet;
use crate::setup::{Workbench, node, target_folder};
use crate::size;
use names::Names;
pub use tarball::{pack, pack_from};

const LIMIT: Duration = Duration::from_mins(20);
const DIST: &str = "pkg/dist";
/// One name for all modules, each in its own folder.
const NAME: &str = "divar_chat_media";
const MODULE: &str = "divar_chat_media_bg.wasm";
const GLUE: &str = "divar_chat_media_bg.js";
const TYPES: &str = "divar_chat_media.d.ts";
/// What wasm-pack writes and the package does not use.
const UNUSED: &[&str] = &[
    "divar_chat_media.js",
    TYPES,
    "divar_chat_media_bg.wasm.d.ts",
];

/// Panics abort at once and without their texts and places (which would be paths of the machine that
/// builds), and the instructions are those that Chrome 92 has.
const RUST_FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none \
     -Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals,+sign-ext,+bulk-memory,+nontrapping-fptoint";

/// The same instructions for wasm-opt, which else writes some that no browser has.
const WASM_OPT_FEATURES: &[&str] = &[
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
];

/// One of the modules.
struct Module {
    /// Where its crate is.
    krate: &'static str,
    /// What cargo is told beside.
    arguments: &'static [&'static str],
    /// Its place in `dist/`.
    folder: &'static str,
    /// The way from there to `pkg/`.
    up: &'static str,
    /// Whether runtimes that compile what they import get it as a file, too.
    as_file: bool,
}

/// For servers and edge runtimes.
const SECRET: Module = Module {
    krate: ".",
    arguments: &[],
    folder: "",
    up: "../",
    as_file: true,
};

/// For pages: without what takes the app's key.
const PAGE: Module = Module {
    krate: ".",
    arguments: &["--no-default-features"],
    folder: "page",
    up: "../../",
    as_file: false,
};

/// What looks into files.
const PREPARE: Module = Module {
    krate: "media/wasm",
    arguments: &[],
    folder: "prepare",
    up: "../../",
    as_file: true,
};

/// Builds the package and prints what it weighs. What an earlier build left stays until the new
/// one is complete.
pub fn build() -> Result<()> {
    node::ensure()?;
    let workbench = Workbench::for_building()?;
    let draft = tempfile::Builder::new()
        .prefix("dist-")
        .tempdir_in("node_modules")?;
    for (what, module) in [
        (
            "the crate to wasm, with a standard library made for size",
            &SECRET,
        ),
        ("it for pages, without what takes a key", &PAGE),
        ("what looks into files", &PREPARE),
    ] {
        step(format!("compiling {what}"), || {
            module.compile(&workbench, draft.path())
        })?;
    }
    let mut names = Vec::new();
    step("making the modules small with wasm-opt", || {
        for module in [SECRET, PAGE, PREPARE] {
            names.push(optimise(&module.dist(draft.path()).join(MODULE))?);
        }
        Ok(())
    })?;
    for (what, module) in [
        ("for servers", &SECRET),
        ("for pages", &PAGE),
        ("for inspecting and preparing", &PREPARE),
    ] {
        let size = fs::metadata(module.dist(draft.path()).join(MODULE))?.len();
        note(format!("the module {what}: {size} bytes"));
    }
    step("writing what the package's entry points need", || {
        write_types(draft.path())?;
        for (module, names) in [SECRET, PAGE, PREPARE].iter().zip(&names) {
            module.write_entry_files(draft.path(), names)?;
        }
        put_in_place(draft)?;
        for entry in ["index", "edge", "page", "prepare"] {
            bundle_for_require(entry)?;
        }
        write_types_for_require()?;
        copy_for_readers()
    })?;
    size::tell()
}

impl Module {
    fn dist(&self, draft: &Path) -> PathBuf {
        draft.join(self.folder)
    }

    fn compile(&self, workbench: &Workbench, draft: &Path) -> Result<()> {
        let dist = self.dist(draft);
        fs::create_dir_all(&dist)?;
        let mut build = workbench.command("wasm-pack");
        build.args(["build", self.krate, "--release", "--target", "bundler"]);
        build.args(["--out-name", NAME, "--out-dir"]);
        build.arg(dist.canonicalize()?);
        // The .gitignore that it writes would make `npm pack` leave everything out.
        build.args(["--no-pack", "--no-gitignore"]);
        build.args([
            "--",
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
        ]);
        build.args(self.arguments);
        // A target folder of its own, since other flags make other builds start anew.
        build.env("CARGO_TARGET_DIR", target_folder()?.join("package"));
        build
            .env("RUSTFLAGS", RUST_FLAGS)
            .env("RUSTC_BOOTSTRAP", "1");
        quiet(build, LIMIT).map(drop)
    }

    fn write_entry_files(&self, draft: &Path, names: &Names) -> Result<()> {
        let dist = self.dist(draft);
        let module = fs::read(dist.join(MODULE))?;
        fs::write(dist.join("wasm.js"), literal::module(&module))?;
        rewrite_glue(&dist, self.up, names)?;
        if !self.as_file {
            fs::remove_file(dist.join(MODULE))?;
        }
        for file in UNUSED {
            fs::remove_file(dist.join(file))?;
        }
        Ok(())
    }
}

/// Makes a module small, its names for what it imports and exports among it.
fn optimise(module: &Path) -> Result<Names> {
    // Nothing of ours lies in the first kilobyte of memory, where the linker puts nothing.
    let small = ["-Oz", "--converge", "--low-memory-unused"];
    wasm_opt(module, &small)?;
    let bare = [
        "--strip-producers",
        "--strip-target-features",
        "--minify-imports-and-exports-and-modules",
    ];
    Names::read(&wasm_opt(module, &bare)?)
}

fn wasm_opt(module: &Path, what: &[&str]) -> Result<String> {
    let mut wasm_opt = node::program("wasm-opt");
    wasm_opt
        .args(WASM_OPT_FEATURES)
        .args(what)
        .arg(module)
        .arg("-o")
        .arg(module);
    quiet(wasm_opt, LIMIT)
}

/// The types of all that the crate exports, the same for both of its modules.
fn write_types(dist: &Path) -> Result<()> {
    let types = fs::read_to_string(dist.join(TYPES))?;
    Ok(fs::write(
        dist.join("index.d.ts"),
        definitions::without_header(&types),
    )?)
}

/// wasm-bindgen copies the JavaScript files of `pkg/` that the crate imports; the glue gets the
/// files themselves, which are `up` from it, so that nothing is in the package twice. And it
/// becomes a factory.
fn rewrite_glue(dist: &Path, up: &str, names: &Names) -> Result<()> {
    let glue = names.import_lines() + &fs::read_to_string(dist.join(GLUE))?;
    let glue = definitions::with_own_files(&glue, up);
    ensure!(
        !glue.contains("./snippets/"),
        "the crate imports JavaScript from outside of pkg/"
    );
    fs::write(dist.join(GLUE), definitions::as_factory(&glue, names)?)?;
    let copies = dist.join("snippets");
    if copies.exists() {
        fs::remove_dir_all(copies)?;
    }
    Ok(())
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
        // A worker beside the file cannot be found from there, and is done without.
        "--log-override:empty-import-meta=silent",
    ]);
    esbuild.arg("--log-level=warning");
    quiet(esbuild, LIMIT).map(drop)
}

/// For TypeScript a definition file is of the same kind as the JavaScript that it stands for.
fn write_types_for_require() -> Result<()> {
    for (from, name) in [
        ("pkg/index.d.ts", "index.d.cts"),
        ("pkg/edge.d.ts", "edge.d.cts"),
        ("pkg/prepare.d.ts", "prepare.d.cts"),
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

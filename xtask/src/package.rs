//! `cargo xtask build`: from the crates and the TypeScript to a `pkg/` that is ready for `npm pack`.

pub mod crates;
pub mod features;
mod licenses;
mod literal;
mod tarball;
mod wasm;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::console::step;
use crate::process::quiet;
use crate::setup::{Workbench, node};
use crate::size;
pub use tarball::{pack, pack_from};

const LIMIT: Duration = Duration::from_mins(20);
/// What is compiled from TypeScript.
const DIST: &str = "pkg/dist";
/// The modules and their glue, which `DIST` imports from beside it.
const WASM: &str = "pkg/wasm";
/// The licences of what is in the modules.
const LICENSES: &str = "pkg/THIRD-PARTY-LICENSES.txt";

/// Builds the package and prints its size. An earlier build is replaced once the new one is complete.
pub fn build() -> Result<()> {
    node::ensure()?;
    let workbench = Workbench::for_building()?;
    let draft = new_draft()?;
    wasm::build(&workbench, draft.path())?;
    put_in_place(draft, WASM)?;
    step("collecting the licences of what is compiled in", || {
        licenses::write(Path::new(LICENSES))
    })?;
    step("compiling the TypeScript", || {
        let draft = new_draft()?;
        compile_typescript(draft.path())?;
        put_in_place(draft, DIST)?;
        for entry in ["index", "edge", "page", "prepare", "convert", "element"] {
            bundle_for_require(entry)?;
        }
        describe_element()?;
        copy_for_readers()
    })?;
    size::tell()
}

/// A folder on the same disk as the package's own.
fn new_draft() -> Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    Ok(builder.prefix("draft-").tempdir_in("node_modules")?)
}

fn put_in_place(draft: TempDir, folder: &str) -> Result<()> {
    if Path::new(folder).exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::rename(draft.keep(), folder).with_context(|| format!("could not write {folder}"))
}

/// Compiles `pkg/src`. The folder `require` gets the declarations once more: for TypeScript they are
/// those of `CommonJS` there, as the folder's package.json says.
fn compile_typescript(draft: &Path) -> Result<()> {
    let require = draft.join("require");
    quiet(tsc("pkg", draft), LIMIT)?;
    quiet(tsc("pkg/tsconfig.probe.json", draft), LIMIT)?;
    let mut declarations = tsc("pkg", &require);
    declarations.arg("--emitDeclarationOnly");
    quiet(declarations, LIMIT)?;
    Ok(fs::write(
        require.join("package.json"),
        "{ \"type\": \"commonjs\" }\n",
    )?)
}

fn tsc(project: &str, folder: &Path) -> Command {
    let mut tsc = node::program("tsc");
    tsc.args(["--project", project, "--outDir"]).arg(folder);
    tsc
}

/// Jest, and everything else that calls `require`, gets one file of `CommonJS`.
fn bundle_for_require(entry: &str) -> Result<()> {
    let mut esbuild = node::program("esbuild");
    esbuild
        .arg(format!("{DIST}/{entry}.js"))
        .arg(format!("--outfile={DIST}/require/{entry}.js"));
    esbuild.args([
        "--bundle",
        // The decoder for HEIC stays a file that is loaded when it is needed.
        "--external:./pkg/dist/prepare/heic.js",
        // The optional peers of the entry `convert`.
        "--external:mediabunny",
        "--external:@mediabunny/aac-encoder",
        "--format=cjs",
        "--platform=neutral",
        // Lit's modules for Node, which replace the DOM's classes where there are none.
        "--conditions=node",
        "--charset=utf8",
        // The worker's file cannot be found from a bundle; pictures are drawn without a worker then.
        "--log-override:empty-import-meta=silent",
        "--log-level=warning",
    ]);
    quiet(esbuild, LIMIT).map(drop)
}

/// Writes the custom elements manifest, from which editors know the element's attributes and events.
fn describe_element() -> Result<()> {
    let mut analyzer = node::program("cem");
    analyzer.args([
        "analyze",
        "--config",
        "pkg/custom-elements-manifest.config.js",
    ]);
    quiet(analyzer, LIMIT).map(drop)
}

fn copy_for_readers() -> Result<()> {
    for file in ["README.md", "LICENSE"] {
        fs::copy(file, Path::new("pkg").join(file))
            .with_context(|| format!("could not copy {file} into the package"))?;
    }
    Ok(())
}

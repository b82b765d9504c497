//! `cargo xtask build`: from the crates and the TypeScript to a `pkg/` that is ready for `npm pack`.

pub mod crates;
mod licenses;
mod literal;
pub mod wasm;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use fs_err as fs;
use tempfile::TempDir;

use crate::console::step;
use crate::process::{cmd, quiet, shown};
use crate::setup::node;

const LIMIT: Duration = Duration::from_mins(20);
/// What is compiled from TypeScript.
const DIST: &str = "pkg/dist";
/// The modules and their glue, which `DIST` imports.
const WASM: &str = "pkg/wasm";
/// The licences of what is in the modules.
const LICENSES: &str = "pkg/THIRD-PARTY-LICENSES.txt";
/// The entries that have a bundle for `require`.
const ENTRIES: [&str; 6] = ["index", "edge", "page", "prepare", "convert", "element"];

/// Builds the package and prints its size. An earlier build is replaced once the new one is complete.
pub fn build() -> Result<()> {
    node::ensure(".")?;
    let draft = new_draft()?;
    wasm::build(draft.path())?;
    put_in_place(draft, WASM)?;
    step("collecting the licences of what is compiled in", || {
        licenses::write(Path::new(LICENSES))
    })?;
    step("compiling the TypeScript", || {
        let draft = new_draft()?;
        compile_typescript(draft.path())?;
        put_in_place(draft, DIST)?;
        bundle_for_require()?;
        // The custom elements manifest, from which editors know the element's attributes and events.
        let config = "pkg/custom-elements-manifest.config.js";
        quiet(
            cmd!("node_modules/.bin/cem analyze --config {config}"),
            LIMIT,
        )?;
        for file in ["README.md", "LICENSE"] {
            fs::copy(file, Path::new("pkg").join(file))?;
        }
        Ok(())
    })?;
    shown(cmd!("node bench/size/run.js --own"), LIMIT)
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
    Ok(fs::rename(draft.keep(), folder)?)
}

/// Compiles `pkg/src`. The folder `require` has the declarations once more: for TypeScript they are those
/// of `CommonJS` there, as the folder's package.json says.
fn compile_typescript(draft: &Path) -> Result<()> {
    let require = draft.join("require");
    for project in ["pkg", "pkg/tsconfig.probe.json"] {
        quiet(
            cmd!("node_modules/.bin/tsc --project {project} --outDir {draft}"),
            LIMIT,
        )?;
    }
    let declarations =
        cmd!("node_modules/.bin/tsc --project pkg --outDir {require} --emitDeclarationOnly");
    quiet(declarations, LIMIT)?;
    let package = "{ \"type\": \"commonjs\" }\n";
    Ok(fs::write(require.join("package.json"), package)?)
}

/// Jest, and everything else that calls `require`, gets one file of `CommonJS` for each entry.
fn bundle_for_require() -> Result<()> {
    let entries = ENTRIES.map(|entry| format!("{DIST}/{entry}.js"));
    let mut esbuild =
        cmd!("node_modules/.bin/esbuild {entries...} --outdir={DIST}/require --bundle");
    esbuild.args([
        // The decoder for HEIC, and the parsers for uploads, stay files that are loaded when they are needed.
        "--external:./pkg/dist/prepare/heic.js",
        "--external:./pkg/dist/prepare/validate.js",
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

/// Packs the package that was built in the checkout `top` into `folder`, and returns the tarball's path.
pub fn pack(top: &Path, folder: &Path) -> Result<PathBuf> {
    let folder = fs::canonicalize(folder)?;
    let mut npm = cmd!("npm pack --silent --workspace pkg --pack-destination {folder}");
    npm.current_dir(top);
    let output = quiet(npm, Duration::from_mins(2))?;
    let name = output.lines().last().context("`npm pack` names no file")?;
    Ok(folder.join(name))
}

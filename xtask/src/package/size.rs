//! What a page downloads, as its own bundler and server would leave it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::console::note;
use crate::process::quiet;
use crate::setup::node;

const LIMIT: Duration = Duration::from_mins(2);
const PAGES: &[(&str, &str)] = &[
    (
        "the three functions",
        r#"export { getUploadToken, uploadMedia, buildMediaMessage } from "divar-chat-media";"#,
    ),
    (
        "inspectMedia and prepareMedia",
        r#"export { inspectMedia, prepareMedia } from "divar-chat-media/prepare";"#,
    ),
    (
        "everything of the main entry",
        r#"export * from "divar-chat-media";"#,
    ),
];

/// What the modules weigh, in bytes, each with what it is for.
pub struct Modules(Vec<(&'static str, u64)>);

impl Modules {
    /// Of these files.
    pub fn of(modules: &[(&'static str, &Path)]) -> Result<Self> {
        let sizes = modules
            .iter()
            .map(|(what, file)| Ok((*what, fs::metadata(file)?.len())));
        Ok(Self(sizes.collect::<Result<_>>()?))
    }

    /// Prints them, and what a page downloads.
    pub fn print(&self) -> Result<()> {
        for (what, size) in &self.0 {
            note(format!("the module {what}: {size} bytes"));
        }
        for (what, page) in PAGES {
            let folder = tempfile::Builder::new()
                .prefix("size-")
                .tempdir_in("node_modules")?;
            let bundle = bundle(folder.path(), page)?;
            note(format!(
                "a page with {what}, bundled and minified: {} bytes, {} after brotli",
                fs::metadata(&bundle)?.len(),
                after_brotli(&bundle)?
            ));
        }
        Ok(())
    }
}

/// Bundles a page as its own bundler would.
fn bundle(folder: &Path, page: &str) -> Result<PathBuf> {
    let source = folder.join("page.js");
    let bundle = folder.join("bundle.js");
    fs::write(&source, page)?;
    let mut esbuild = node::program("esbuild");
    esbuild
        .arg(&source)
        .arg(format!("--outfile={}", bundle.display()));
    esbuild.args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--charset=utf8",
        "--log-level=warning",
    ]);
    quiet(esbuild, LIMIT)?;
    Ok(bundle)
}

/// The size of `file` after brotli at its highest quality.
fn after_brotli(file: &Path) -> Result<u64> {
    let script = "console.log(require('zlib').brotliCompressSync(\
        require('fs').readFileSync(process.argv[1])).length)";
    let mut node = Command::new("node");
    node.args(["-e", script]).arg(file);
    let size = quiet(node, LIMIT)?;
    size.trim()
        .parse()
        .with_context(|| format!("node said {size:?}, which is no size"))
}

//! What a page downloads, as its own bundler and server would leave it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::console::note;
use crate::process::quiet;
use crate::setup::node;

const LIMIT: Duration = Duration::from_mins(2);
const PAGE: &str =
    r#"export { getUploadToken, uploadMedia, buildMediaMessage } from "divar-chat-media";"#;

/// Prints the sizes of the module and of a page's bundle with it.
pub fn print(module: &Path) -> Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("size-")
        .tempdir_in("node_modules")?;
    let page = folder.path().join("page.js");
    let bundle = folder.path().join("bundle.js");
    fs::write(&page, PAGE)?;
    let mut esbuild = node::program("esbuild");
    esbuild
        .arg(&page)
        .arg(format!("--outfile={}", bundle.display()));
    esbuild.args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--charset=utf8",
        "--log-level=warning",
    ]);
    quiet(esbuild, LIMIT)?;
    note(format!("the module: {} bytes", fs::metadata(module)?.len()));
    note(format!(
        "a page with the three functions, bundled and minified: {} bytes, {} after brotli",
        fs::metadata(&bundle)?.len(),
        after_brotli(&bundle)?
    ));
    Ok(())
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

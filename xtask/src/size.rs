//! `cargo xtask size`: what a page downloads, as its own bundler and server would leave it, beside
//! what people would take instead.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::console::note;
use crate::process::quiet;
use crate::setup::node;

const LIMIT: Duration = Duration::from_mins(2);

/// Something that a page can import.
struct Import {
    what: &'static str,
    /// The page's own line.
    source: &'static str,
    /// The column that it has in the benchmark's report at a glance.
    column: Option<&'static str>,
    /// The most bytes that it may have after brotli, where that is ours to say.
    budget: Option<u64>,
}

/// The budgets, and the peers. A budget is a little above what was reached: it is lowered with it.
const IMPORTS: &[Import] = &[
    Import {
        what: "the three functions",
        column: Some("divar-chat-media"),
        source: r#"export { getUploadToken, uploadMedia, buildMediaMessage } from "divar-chat-media";"#,
        budget: Some(57_500),
    },
    Import {
        what: "everything of the main entry",
        column: None,
        source: r#"export * from "divar-chat-media";"#,
        budget: Some(59_400),
    },
    Import {
        what: "inspectMedia and prepareMedia",
        column: None,
        source: r#"export { inspectMedia, prepareMedia } from "divar-chat-media/prepare";"#,
        budget: Some(84_600),
    },
    Import {
        what: "the decoder of HEIC, only with such a picture",
        column: None,
        source: r#"export { redrawHeic } from "../../pkg/dist/prepare/heic-decoder.js";"#,
        budget: Some(101_500),
    },
    Import {
        what: "the composer, before a file is chosen",
        column: None,
        source: r#"import "divar-chat-media/element";"#,
        budget: Some(18_900),
    },
    Import {
        what: "the edge handler",
        column: None,
        source: r#"export { createMediaHandler } from "divar-chat-media/edge";"#,
        budget: Some(97_200),
    },
    Import {
        what: "ky",
        column: Some("ky"),
        source: r#"export { default } from "ky";"#,
        budget: None,
    },
    Import {
        what: "tus-js-client",
        column: Some("tus-js-client"),
        source: r#"export { Upload } from "tus-js-client";"#,
        budget: None,
    },
    Import {
        what: "@uppy/core with @uppy/xhr-upload",
        column: Some("Uppy"),
        source: r#"export { default as Core } from "@uppy/core"; export { default as Xhr } from "@uppy/xhr-upload";"#,
        budget: None,
    },
    Import {
        what: "FilePond with preview, orientation, crop, resize and transform of pictures",
        column: None,
        source: r#"
            import { create, registerPlugin } from "filepond";
            import Crop from "filepond-plugin-image-crop";
            import Orientation from "filepond-plugin-image-exif-orientation";
            import Preview from "filepond-plugin-image-preview";
            import Resize from "filepond-plugin-image-resize";
            import Transform from "filepond-plugin-image-transform";
            import "filepond/dist/filepond.min.css";
            import "filepond-plugin-image-preview/dist/filepond-plugin-image-preview.min.css";
            registerPlugin(Crop, Orientation, Preview, Resize, Transform);
            create(document.querySelector("input"), { server: "/upload" });
        "#,
        budget: None,
    },
    Import {
        what: "Uppy's Dashboard with XHR upload, compressor, audio and webcam",
        column: None,
        source: r#"
            import Audio from "@uppy/audio";
            import Compressor from "@uppy/compressor";
            import Uppy from "@uppy/core";
            import Dashboard from "@uppy/dashboard";
            import Webcam from "@uppy/webcam";
            import XHRUpload from "@uppy/xhr-upload";
            import "@uppy/core/css/style.min.css";
            import "@uppy/dashboard/css/style.min.css";
            import "@uppy/audio/css/style.min.css";
            import "@uppy/webcam/css/style.min.css";
            new Uppy().use(Dashboard).use(XHRUpload, { endpoint: "/upload" })
                .use(Compressor).use(Audio).use(Webcam);
        "#,
        budget: None,
    },
    Import {
        what: "axios",
        column: Some("axios"),
        source: r#"export { default } from "axios";"#,
        budget: None,
    },
];

/// What one import weighs, in bytes.
struct Weight {
    import: &'static Import,
    bundled: u64,
    minified: u64,
    after_brotli: u64,
}

/// Prints the table.
///
/// # Errors
///
/// When a budget is broken.
pub fn check() -> Result<()> {
    let weights = weights()?;
    println!("{}", table(&weights));
    parts()?;
    let broken: Vec<_> = weights.iter().filter_map(Weight::broken).collect();
    ensure!(
        broken.is_empty(),
        "a page would download more than it may: {}. `twiggy top` over a build with names says what \
         has grown; the budgets are in xtask/src/size.rs",
        broken.join("; ")
    );
    Ok(())
}

/// Prints the table, and leaves it in `path` for the benchmark's report.
pub fn keep(path: &Path) -> Result<()> {
    let weights = weights()?;
    let text = table(&weights);
    println!("{text}");
    let by = weights.iter().filter_map(|weight| {
        let kilobytes = format!(
            "{}.{}",
            weight.after_brotli / 1000,
            weight.after_brotli % 1000 / 100
        );
        Some((weight.import.column?.to_owned(), json!(kilobytes)))
    });
    let by: serde_json::Map<_, _> = by.collect();
    let measured = json!({
        "title": "What a page downloads",
        "text": text,
        "circumstances": ["bundled and minified by esbuild, in bytes"],
        "glance": [{ "what": "a page downloads, KB after brotli", "by": by }],
    });
    Ok(fs::write(path, measured.to_string())?)
}

/// Prints what a page downloads, whatever it is.
pub fn tell() -> Result<()> {
    for weight in IMPORTS.iter().filter(|import| import.budget.is_some()) {
        let Weight {
            minified,
            after_brotli,
            ..
        } = Weight::of(weight)?;
        let what = weight.what;
        note(format!(
            "a page with {what}, bundled and minified: {minified} bytes, {after_brotli} after brotli"
        ));
    }
    Ok(())
}

fn weights() -> Result<Vec<Weight>> {
    node::ensure()?;
    IMPORTS.iter().map(Weight::of).collect()
}

fn table(weights: &[Weight]) -> String {
    let mut rows = vec![
        "| imported | bundled | minified | after brotli -11 | budget |".to_owned(),
        "| --- | ---: | ---: | ---: | ---: |".to_owned(),
    ];
    for weight in weights {
        let budget = weight.import.budget.map(grouped).unwrap_or_default();
        rows.push(format!(
            "| {} | {} | {} | {} | {budget} |",
            weight.import.what,
            grouped(weight.bundled),
            grouped(weight.minified),
            grouped(weight.after_brotli)
        ));
    }
    rows.join("\n")
}

impl Weight {
    fn of(import: &'static Import) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("size-")
            .tempdir_in("bench")?;
        let source = folder.path().join("page.js");
        fs::write(&source, import.source)?;
        let minified = bundle(&source, &["--minify"])?;
        let after_brotli = total(&minified, after_brotli)?;
        Ok(Self {
            import,
            after_brotli,
            minified: total(&minified, length)?,
            bundled: total(&bundle(&source, &[])?, length)?,
        })
    }

    fn broken(&self) -> Option<String> {
        let budget = self.import.budget?;
        (self.after_brotli > budget).then(|| {
            format!(
                "{} has {} bytes after brotli and a budget of {}",
                self.import.what,
                grouped(self.after_brotli),
                grouped(budget)
            )
        })
    }
}

fn total(files: &[PathBuf], of: impl Fn(&Path) -> Result<u64>) -> Result<u64> {
    files.iter().map(|file| of(file)).sum()
}

fn length(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file)?.len())
}

/// Bundles a page as its own bundler would. Gives the files that the page loads at once, with its style
/// sheet; what it loads later, by `import()`, is in files of its own.
fn bundle(source: &Path, how: &[&str]) -> Result<Vec<PathBuf>> {
    let metafile = source.with_file_name("parts.json");
    let mut esbuild = node::program("esbuild");
    esbuild
        .arg(source)
        .arg(format!(
            "--outdir={}",
            source.with_file_name("out").display()
        ))
        .arg(format!("--metafile={}", metafile.display()))
        .args([
            "--bundle",
            "--splitting",
            "--format=esm",
            "--charset=utf8",
            "--log-level=warning",
        ])
        .args(how);
    quiet(esbuild, LIMIT)?;
    let metafile: serde_json::Value = serde_json::from_str(&fs::read_to_string(metafile)?)?;
    let outputs = metafile["outputs"].as_object().context("no outputs")?;
    let entry = outputs
        .iter()
        .find(|(_, output)| output["entryPoint"].is_string() && is_page(output))
        .context("no entry among the outputs")?;
    let mut loaded = vec![entry.0.as_str()];
    let mut next = 0;
    while let Some(file) = loaded.get(next).copied() {
        next += 1;
        let imports = outputs[file]["imports"].as_array().into_iter().flatten();
        let at_once = imports.filter(|import| import["kind"] == "import-statement");
        for path in at_once.filter_map(|import| import["path"].as_str()) {
            if outputs.contains_key(path) && !loaded.contains(&path) {
                loaded.push(path);
            }
        }
    }
    let style_sheet = entry.1["cssBundle"].as_str();
    Ok(loaded
        .into_iter()
        .chain(style_sheet)
        .map(PathBuf::from)
        .collect())
}

/// A file that is imported later is an entry for esbuild, too.
fn is_page(output: &serde_json::Value) -> bool {
    let entry = output["entryPoint"].as_str().unwrap_or_default();
    entry.ends_with("/page.js") && entry.starts_with("bench/")
}

/// Prints what the whole main entry consists of, file by file, each compressed for itself: what
/// stands between it and the peers.
fn parts() -> Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("size-")
        .tempdir_in("bench")?;
    let page = folder.path().join("page.js");
    fs::write(&page, r#"export * from "divar-chat-media";"#)?;
    bundle(&page, &["--minify"])?;
    let metafile = fs::read_to_string(page.with_file_name("parts.json"))?;
    let metafile: serde_json::Value = serde_json::from_str(&metafile)?;
    let outputs = metafile["outputs"].as_object().into_iter().flatten();
    let inputs = outputs.flat_map(|(_, output)| output["inputs"].as_object().into_iter().flatten());
    let mut parts: Vec<(&str, u64)> = inputs
        .map(|(file, part)| (file.as_str(), part["bytesInOutput"].as_u64().unwrap_or(0)))
        .filter(|(_, bytes)| *bytes > 0)
        .collect();
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    println!("\n| of everything of the main entry | minified |");
    println!("| --- | ---: |");
    for (file, bytes) in parts {
        println!("| {file} | {} |", grouped(bytes));
    }
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

/// `12,345`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(
            [7, 123, 1234, 1_234_567].map(grouped),
            ["7", "123", "1,234", "1,234,567"]
        );
    }

    #[test]
    fn what_is_heavier_than_its_budget_is_told() {
        let weight = |after_brotli| Weight {
            import: &Import {
                what: "a",
                column: None,
                source: "",
                budget: Some(10),
            },
            bundled: 0,
            minified: 0,
            after_brotli,
        };
        assert!(weight(10).broken().is_none());
        assert!(weight(11).broken().is_some());
    }
}

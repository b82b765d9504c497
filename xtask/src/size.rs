//! `cargo xtask size`: what a page downloads, bundled as its own bundler and compressed as its server
//! would, beside what people would import instead.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use brotli::enc::BrotliEncoderParams;
use fs_err as fs;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::console::{line, step};
use crate::package::wasm::{Goal, Module};
use crate::process::{cmd, quiet};
use crate::setup::node;

const LIMIT: Duration = Duration::from_mins(2);
const MAIN: &str = r#"export * from "divar-chat-media";"#;

/// Something that a page can import: a row of [`IMPORTS`].
#[derive(Clone, Deserialize)]
struct Import {
    what: String,
    /// The page's own line.
    source: String,
    /// The most bytes that this package may have after brotli. It is a little above the size that was
    /// reached, and is lowered with it.
    budget: Option<u64>,
    /// The column that it has in the benchmark's report at a glance.
    column: Option<String>,
    /// Whether it is built for `--with-reqwest` alone.
    #[serde(default)]
    with_reqwest: bool,
}

/// The package's parts and its peers.
const IMPORTS: &str = "bench/sizes.json";

/// The same three steps with the usual crates.
const REQWEST_MODULE: Module = Module {
    what: "the three steps with reqwest and serde",
    krate: "bench/reqwest",
    folder: "bench/reqwest/pkg",
    arguments: &[],
    as_file: false,
    optimised_for: Goal::Size,
};

/// The size of an import, in bytes.
struct Size {
    import: Import,
    bundled: u64,
    minified: u64,
    compressed: u64,
}

/// Prints the table, and fails when something is larger than its budget.
pub fn check(with_reqwest: bool) -> Result<()> {
    node::ensure(".")?;
    if with_reqwest {
        step(format!("compiling {}", REQWEST_MODULE.what), || {
            REQWEST_MODULE.build(Path::new(REQWEST_MODULE.folder))
        })?;
    }
    let sizes = measure(|import| with_reqwest || !import.with_reqwest)?;
    line(table(&sizes));
    let folder = page(MAIN)?;
    line("\nEverything of the main entry, minified, by file:");
    line(esbuild(&folder, &["--minify", "--analyze"])?);
    let exceeded: Vec<_> = sizes.iter().filter_map(Size::exceeded).collect();
    ensure!(
        exceeded.is_empty(),
        "a page would download more than it may: {}. `twiggy top` over a build with names says what \
         has grown; the budgets are in {IMPORTS}",
        exceeded.join("; ")
    );
    Ok(())
}

/// Prints the table, and writes it to `file` for the benchmark's report.
pub fn write(file: &Path) -> Result<()> {
    let sizes = measure(|import| !import.with_reqwest)?;
    let text = table(&sizes);
    line(&text);
    let mut columns = Map::new();
    for Size {
        import, compressed, ..
    } in &sizes
    {
        if let Some(column) = &import.column {
            let kilobytes = format!("{}.{}", compressed / 1000, compressed % 1000 / 100);
            columns.insert(column.clone(), kilobytes.into());
        }
    }
    let measured = json!({
        "title": "What a page downloads",
        "text": text,
        "circumstances": ["bundled and minified by esbuild, in bytes"],
        "glance": [{ "what": "a page downloads, KB after brotli", "by": columns }],
    });
    Ok(fs::write(file, measured.to_string())?)
}

/// Prints the table of the package alone.
pub fn print_own() -> Result<()> {
    line(table(&measure(|import| import.budget.is_some())?));
    Ok(())
}

fn measure(wanted: impl Fn(&Import) -> bool) -> Result<Vec<Size>> {
    let imports: Vec<Import> = serde_json::from_str(&fs::read_to_string(IMPORTS)?)?;
    imports.into_iter().filter(wanted).map(Size::of).collect()
}

fn table(sizes: &[Size]) -> String {
    let mut rows = vec![
        "| imported | bundled | minified | after brotli -11 | budget |".to_owned(),
        "| --- | ---: | ---: | ---: | ---: |".to_owned(),
    ];
    for size in sizes {
        let numbers = [size.bundled, size.minified, size.compressed].map(grouped);
        let budget = size.import.budget.map(grouped).unwrap_or_default();
        rows.push(format!(
            "| {} | {} | {budget} |",
            size.import.what,
            numbers.join(" | ")
        ));
    }
    rows.join("\n")
}

impl Size {
    fn of(import: Import) -> Result<Self> {
        let folder = page(&import.source)?;
        let (mut bundled, mut minified, mut compressed) = (0, 0, 0);
        for file in bundle(&folder, &[])? {
            bundled += fs::metadata(file)?.len();
        }
        for file in bundle(&folder, &["--minify"])? {
            minified += fs::metadata(&file)?.len();
            compressed += after_brotli(&fs::read(file)?)?;
        }
        Ok(Self {
            import,
            bundled,
            minified,
            compressed,
        })
    }

    fn exceeded(&self) -> Option<String> {
        let budget = self
            .import
            .budget
            .filter(|budget| self.compressed > *budget)?;
        let (size, budget) = (grouped(self.compressed), grouped(budget));
        Some(format!(
            "{} has {size} bytes after brotli and a budget of {budget}",
            self.import.what
        ))
    }
}

/// A folder with a page that has the line `source`; from there, the package's name and its peers' resolve.
fn page(source: &str) -> Result<TempDir> {
    let folder = tempfile::Builder::new()
        .prefix("size-")
        .tempdir_in("bench")?;
    fs::write(folder.path().join("page.js"), source)?;
    Ok(folder)
}

/// Bundles a page as its own bundler would, and returns what esbuild prints.
fn esbuild(folder: &TempDir, options: &[&str]) -> Result<String> {
    let folder = folder.path();
    let esbuild = cmd!(
        "node_modules/.bin/esbuild {folder}/page.js --outdir={folder}/out --metafile={folder}/meta.json --bundle --splitting --format=esm --charset=utf8 --log-level=warning {options...}"
    );
    quiet(esbuild, LIMIT)
}

/// Bundles a page, and returns the files that it loads at once, with its style sheet. What it loads later, by
/// `import()`, is in files of its own.
fn bundle(folder: &TempDir, options: &[&str]) -> Result<Vec<PathBuf>> {
    esbuild(folder, options)?;
    let meta = fs::read_to_string(folder.path().join("meta.json"))?;
    let meta: Value = serde_json::from_str(&meta)?;
    let outputs = meta["outputs"].as_object().context("no outputs")?;
    let is_page = |path: &str| path.ends_with("/out/page.js");
    let page = outputs.keys().find(|path| is_page(path));
    let page = page.context("no page among the outputs")?.as_str();
    let mut loaded = vec![page];
    loaded.extend(outputs[page]["cssBundle"].as_str());
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
    Ok(loaded.into_iter().map(PathBuf::from).collect())
}

/// The size after brotli at its highest quality.
fn after_brotli(mut bytes: &[u8]) -> Result<u64> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        ..BrotliEncoderParams::default()
    };
    let size = brotli::BrotliCompress(&mut bytes, &mut std::io::sink(), &parameters)?;
    Ok(u64::try_from(size)?)
}

/// `12,345`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    groups
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        let numbers = [7, 123, 1234, 1_234_567].map(grouped);
        assert_eq!(numbers, ["7", "123", "1,234", "1,234,567"]);
    }

    #[test]
    fn size_above_its_budget_is_named() {
        let size = |compressed| Size {
            import: Import {
                what: "a".to_owned(),
                source: String::new(),
                budget: Some(10),
                column: None,
                with_reqwest: false,
            },
            bundled: 0,
            minified: 0,
            compressed,
        };
        assert_eq!(size(10).exceeded(), None);
        let text = "a has 11 bytes after brotli and a budget of 10";
        assert_eq!(size(11).exceeded().as_deref(), Some(text));
    }
}

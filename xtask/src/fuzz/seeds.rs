//! The seeds of the fuzz targets, in `fuzz/corpus`: the samples that tests read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use fs_err as fs;

use crate::console::note;

const CORPUS: &str = "fuzz/corpus";
/// The samples that the decoder of HEIC is tested with.
const HEICS: &str = "heic/samples";

/// The contents of seeds by their paths in the corpus.
type Seeds = BTreeMap<PathBuf, Vec<u8>>;

/// The folder of a target's seeds.
pub fn folder(target: &str) -> PathBuf {
    Path::new(CORPUS).join(target)
}

/// Replaces the seeds of all targets.
pub fn write() -> Result<()> {
    if Path::new(CORPUS).exists() {
        fs::remove_dir_all(CORPUS)?;
    }
    let seeds = seeds(Path::new("."))?;
    for (path, bytes) in &seeds {
        let path = Path::new(CORPUS).join(path);
        fs::create_dir_all(path.parent().context("a seed lies in a folder")?)?;
        fs::write(path, bytes)?;
    }
    note(format!("{} seeds in {CORPUS}", seeds.len()));
    Ok(())
}

/// The seeds of the repository at `top`.
fn seeds(top: &Path) -> Result<Seeds> {
    let mut seeds = Seeds::new();
    for (name, bytes) in divar_media_samples::all() {
        for target in targets(name).with_context(|| format!("{name} is of no fuzz target"))? {
            seeds.insert(Path::new(target).join(name), bytes.clone());
        }
    }
    for file in fs::read_dir(top.join(HEICS))? {
        let file = file?;
        let seed = Path::new("decode_heic").join(file.file_name());
        seeds.insert(seed, fs::read(file.path())?);
    }
    Ok(seeds)
}

/// The targets that a sample is for, by its extension.
fn targets(name: &str) -> Option<&'static [&'static str]> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension {
        "jpg" => &["inspect_jpeg", "strip_jpeg"],
        "png" => &["inspect_png", "strip_png"],
        "gif" => &["inspect_gif"],
        "webp" => &["inspect_webp"],
        "mp4" | "m4a" | "m4v" | "mov" | "3gp" => &["inspect_iso", "rewrite_iso"],
        "heic" | "avif" => &["inspect_heif", "inspect_iso", "rewrite_iso"],
        "webm" | "mkv" => &["inspect_ebml"],
        "ogg" => &["inspect_ogg"],
        "mp3" => &["inspect_mp3"],
        "wav" => &["inspect_wav"],
        "pdf" => &["inspect_pdf"],
        "zip" => &["inspect_zip"],
        "docx" | "xlsx" | "pptx" => &["inspect_ooxml", "inspect_zip"],
        "ole" | "doc" | "xls" | "ppt" => &["inspect_ole", "inspect_ole_directory"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
    }

    #[test]
    fn committed_seeds_are_those_that_cargo_xtask_seeds_writes() -> Result<()> {
        let mut committed = Seeds::new();
        for target in fs::read_dir(top().join(CORPUS))? {
            let target = target?;
            for seed in fs::read_dir(target.path())? {
                let seed = seed?;
                let path = Path::new(&target.file_name()).join(seed.file_name());
                committed.insert(path, fs::read(seed.path())?);
            }
        }
        let written = seeds(top())?;
        assert!(committed.keys().eq(written.keys()));
        for (path, bytes) in &written {
            assert!(
                committed[path] == *bytes,
                "{} has other bytes",
                path.display()
            );
        }
        Ok(())
    }

    #[test]
    fn every_target_has_seeds() -> Result<()> {
        let seeds = seeds(top())?;
        for target in fs::read_dir(top().join("fuzz/fuzz_targets"))? {
            let target = target?.path().with_extension("");
            let name = target.file_name().context("a file has a name")?;
            assert!(seeds.keys().any(|seed| seed.starts_with(name)), "{name:?}");
        }
        Ok(())
    }
}

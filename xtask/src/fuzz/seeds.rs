//! What the fuzz targets begin with: the samples that tests read, in `fuzz/corpus`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::console::note;

const CORPUS: &str = "fuzz/corpus";

/// The folder of a target's seeds.
pub fn folder(target: &str) -> PathBuf {
    Path::new(CORPUS).join(target)
}

/// Writes the seeds of all targets, in place of those that are there.
pub fn write() -> Result<()> {
    if Path::new(CORPUS).exists() {
        fs::remove_dir_all(CORPUS).with_context(|| format!("could not empty {CORPUS}"))?;
    }
    let seeds = seeds()?;
    for (path, bytes) in &seeds {
        let path = Path::new(CORPUS).join(path);
        fs::create_dir_all(path.parent().context("a seed lies in a folder")?)?;
        fs::write(path, bytes)?;
    }
    note(format!("{} seeds in {CORPUS}", seeds.len()));
    Ok(())
}

/// The seeds by their paths in the corpus.
fn seeds() -> Result<BTreeMap<String, Vec<u8>>> {
    let mut seeds = BTreeMap::new();
    for (name, bytes) in divar_media_samples::all() {
        let targets = targets(name).with_context(|| format!("{name} is of no fuzz target"))?;
        for target in targets {
            seeds.insert(format!("{target}/{name}"), bytes.clone());
        }
    }
    for file in fs::read_dir(heics())? {
        let path = file?.path();
        let name = path.file_name().context("a sample has a name")?;
        let seed = format!("decode_heic/{}", name.to_string_lossy());
        seeds.insert(seed, fs::read(&path)?);
    }
    Ok(seeds)
}

/// The folder of the samples that the decoder of HEIC is tested with.
fn heics() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../heic/samples")
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

    /// The seeds as they are committed.
    fn committed() -> BTreeMap<String, Vec<u8>> {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(CORPUS);
        let mut seeds = BTreeMap::new();
        for target in fs::read_dir(corpus).unwrap() {
            let target = target.unwrap();
            for seed in fs::read_dir(target.path()).unwrap() {
                let seed = seed.unwrap();
                let names = [target.file_name(), seed.file_name()];
                let [target, name] = names.map(|name| name.into_string().unwrap());
                seeds.insert(format!("{target}/{name}"), fs::read(seed.path()).unwrap());
            }
        }
        seeds
    }

    #[test]
    fn the_committed_seeds_are_what_cargo_xtask_seeds_writes() {
        let (committed, made) = (committed(), seeds().unwrap());
        let names = |seeds: &BTreeMap<String, _>| seeds.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&committed), names(&made));
        for (name, bytes) in &made {
            assert!(committed[name] == *bytes, "{name} is of other bytes");
        }
    }

    #[test]
    fn every_target_has_seeds() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/fuzz_targets");
        let seeds = seeds().unwrap();
        for target in fs::read_dir(folder).unwrap() {
            let file = target.unwrap().file_name().into_string().unwrap();
            let of = file.replace(".rs", "/");
            assert!(seeds.keys().any(|seed| seed.starts_with(&of)), "{file}");
        }
    }
}

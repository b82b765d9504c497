//! Writes the seeds of the fuzz targets, and fails where one of them was out of date. They are the samples,
//! and the files that the decoder of HEIC is tested with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus");
const TARGETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/fuzz_targets");
const HEICS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../heic/samples");

#[test]
fn committed_seeds_are_current() {
    let seeds = seeds();
    let mut rewritten = Vec::new();
    for (path, bytes) in &seeds {
        let file = Path::new(CORPUS).join(path);
        if fs::read(&file).is_ok_and(|present| present == *bytes) {
            continue;
        }
        fs::create_dir_all(file.parent().expect("a target's folder")).expect("a folder");
        fs::write(&file, bytes).expect("a file");
        rewritten.push(path);
    }
    let mut others = entries(CORPUS.as_ref())
        .iter()
        .flat_map(|target| entries(target))
        .collect::<Vec<_>>();
    others.retain(|file| !seeds.keys().any(|seed| file.ends_with(seed)));
    assert!(
        rewritten.is_empty(),
        "{rewritten:?} were out of date; they have been written again"
    );
    assert!(others.is_empty(), "{others:?} are the seeds of no sample");
}

#[test]
fn every_target_has_seeds() {
    let seeds = seeds();
    for target in entries(TARGETS.as_ref()) {
        let name = target.file_stem().expect("a file's name");
        assert!(seeds.keys().any(|seed| seed.starts_with(name)), "{name:?}");
    }
}

/// The contents of all seeds, by their paths in the corpus.
fn seeds() -> BTreeMap<PathBuf, Vec<u8>> {
    let mut seeds = BTreeMap::new();
    for (name, bytes) in divar_media_samples::all() {
        for target in targets(name) {
            seeds.insert(Path::new(target).join(name), bytes.clone());
        }
    }
    for file in entries(HEICS.as_ref()) {
        let name = file.file_name().expect("a file's name");
        let bytes = fs::read(&file).expect("a picture");
        seeds.insert(Path::new("decode_heic").join(name), bytes);
    }
    seeds
}

/// The targets that a sample is for, by its extension.
fn targets(name: &str) -> &'static [&'static str] {
    let (_, extension) = name.rsplit_once('.').expect("an extension");
    match extension {
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
        _ => panic!("{name} is of no fuzz target"),
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

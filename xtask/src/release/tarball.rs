//! Two tarballs of one package, which should be one.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use super::checks::Answer;

/// A tarball's files by their names.
type Files = BTreeMap<String, Vec<u8>>;

/// Compares two tarballs.
///
/// # Errors
///
/// When a byte differs. The files that do are named.
pub fn same(first: &Path, second: &Path) -> Result<Answer> {
    let [first, second] = [read(first)?, read(second)?];
    if first == second {
        return Ok(Answer::Good(format!("SHA-256 {}", sha256(&first))));
    }
    let differences = differences(&unpacked(&first)?, &unpacked(&second)?);
    if differences.is_empty() {
        bail!("the files are the same, and yet they are packed in another order, mode or time");
    }
    bail!(
        "the tarballs differ in {} files:\n  {}",
        differences.len(),
        differences.join("\n  ")
    )
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

/// The SHA-256 of `bytes`, as `sha256sum` writes it.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn unpacked(tarball: &[u8]) -> Result<Files> {
    let mut files = Files::new();
    for entry in tar::Archive::new(GzDecoder::new(tarball)).entries()? {
        let mut entry = entry?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.insert(entry.path()?.display().to_string(), bytes);
    }
    Ok(files)
}

fn differences(first: &Files, second: &Files) -> Vec<String> {
    let mut told = Vec::new();
    for (name, bytes) in first {
        match second.get(name) {
            None => told.push(format!("{name} is in the first one only")),
            Some(other) if other != bytes => told.push(difference(name, bytes, other)),
            Some(_) => {}
        }
    }
    let added = second.keys().filter(|name| !first.contains_key(*name));
    told.extend(added.map(|name| format!("{name} is in the second one only")));
    told
}

fn difference(name: &str, first: &[u8], second: &[u8]) -> String {
    let at = first.iter().zip(second).take_while(|(a, b)| a == b).count();
    format!(
        "{name} differs from byte {at} on (it has {} bytes and {})",
        first.len(),
        second.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};

    fn packed(files: &[(&str, &str)], time: u64) -> Vec<u8> {
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_mtime(time);
            tar.append_data(&mut header, name, text.as_bytes())
                .expect("room in memory");
        }
        let gzip = tar.into_inner().expect("an archive");
        gzip.finish().expect("a tarball")
    }

    fn compared(first: &[u8], second: &[u8]) -> Result<Answer> {
        let folder = tempfile::tempdir()?;
        let paths = [folder.path().join("a.tgz"), folder.path().join("b.tgz")];
        fs::write(&paths[0], first)?;
        fs::write(&paths[1], second)?;
        same(&paths[0], &paths[1])
    }

    #[test]
    fn the_same_bytes_are_told_by_their_hash() {
        let tarball = packed(&[("package/a.js", "1")], 7);
        let wanted = format!("SHA-256 {}", sha256(&tarball));
        assert_eq!(
            compared(&tarball, &tarball).expect("same"),
            Answer::Good(wanted)
        );
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
    }

    #[test]
    fn each_file_that_differs_is_named() {
        let first = packed(
            &[
                ("package/a.js", "same"),
                ("package/b.js", "let a"),
                ("package/c.js", ""),
            ],
            7,
        );
        let second = packed(
            &[
                ("package/a.js", "same"),
                ("package/b.js", "let bc"),
                ("package/d.js", ""),
            ],
            7,
        );
        let error = compared(&first, &second).unwrap_err().to_string();
        let wanted = "the tarballs differ in 3 files:\n  \
             package/b.js differs from byte 4 on (it has 5 bytes and 6)\n  \
             package/c.js is in the first one only\n  \
             package/d.js is in the second one only";
        assert_eq!(error, wanted);
    }

    #[test]
    fn the_same_files_of_another_time_are_not_the_same_tarball() {
        let files = [("package/a.js", "1")];
        let error = compared(&packed(&files, 7), &packed(&files, 8)).unwrap_err();
        assert!(
            error.to_string().contains("another order, mode or time"),
            "{error}"
        );
    }
}

//! The candidate's files with their sizes, and their hashes for `sha256sum --check`.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::tarball::sha256;
use crate::console::note;

/// Writes SHA256SUMS beside the files in `folder`, and tells what lies there.
pub fn write(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let bytes = fs::read(entry.path())?;
        files.push((entry.file_name().display().to_string(), bytes));
    }
    files.sort();
    fs::write(folder.join("SHA256SUMS"), sums(&files))?;
    for (name, bytes) in &files {
        note(format!(
            "{}: {} bytes",
            folder.join(name).display(),
            bytes.len()
        ));
    }
    note(format!(
        "{}: their hashes",
        folder.join("SHA256SUMS").display()
    ));
    Ok(())
}

fn sums(files: &[(String, Vec<u8>)]) -> String {
    files
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes)))
        .collect::<Vec<_>>()
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256sum_finds_the_files_as_they_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in [("b.tgz", "2"), ("a.json", "1")] {
            fs::write(folder.path().join(name), text).expect("written");
        }
        write(folder.path()).expect("sums");
        let mut check = std::process::Command::new("sha256sum");
        check.args(["--check", "--strict", "--quiet", "SHA256SUMS"]);
        let checked = check.current_dir(folder.path()).status().expect("ran");
        assert!(checked.success());
        let text = fs::read_to_string(folder.path().join("SHA256SUMS")).expect("read");
        assert!(
            text.ends_with("  b.tgz\n") && text.lines().count() == 2,
            "{text}"
        );
    }
}

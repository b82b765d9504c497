//! The licences of what is compiled into the modules, which ask for their texts to go with copies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use xshell::Shell;

use super::crates;

/// The licence that crates without a file of their own are taken under.
const APACHE: &str = "Apache-2.0";

const HEAD: &str = "\
The WebAssembly modules of divar-chat-media contain the following works of others, each under the
licence below its name. Rust's standard library and the crates that it contains are under the
Apache License 2.0, too.
";

/// Writes the texts to `file`, each below the names of all works that have it.
pub fn write(file: &Path) -> Result<()> {
    let mut names_by_text = BTreeMap::<String, Vec<String>>::new();
    for package in crates::compiled(Path::new("."))? {
        let name = format!("{} {}", package.name, package.version);
        let folder = package.manifest_path.with_file_name("");
        let license = package.license.unwrap_or_default();
        let texts = texts(folder.as_std_path(), &license);
        for text in texts.with_context(|| format!("{name} ({license})"))? {
            names_by_text.entry(text).or_default().push(name.clone());
        }
    }
    let std = names_by_text.entry(apache()?).or_default();
    std.push("std".to_owned());
    let rule = "-".repeat(80);
    let sections = names_by_text
        .into_iter()
        .map(|(text, names)| format!("\n{rule}\n{}\n\n{text}\n", names.join(", ")));
    let mut sections: Vec<_> = sections.collect();
    // By the names, which follow the rule.
    sections.sort();
    Ok(fs::write(file, HEAD.to_owned() + &sections.concat())?)
}

/// The licence files in a crate's folder, without the Apache License where the shorter MIT one is there, too.
fn texts(folder: &Path, license: &str) -> Result<Vec<String>> {
    let name = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().to_uppercase()
    };
    let mut files = Shell::new()?.read_dir(folder)?;
    files.retain(|file| {
        let prefixes = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];
        prefixes.iter().any(|prefix| name(file).starts_with(prefix))
    });
    if files.iter().any(|file| name(file).contains("MIT")) {
        files.retain(|file| !name(file).contains("APACHE"));
    }
    if files.is_empty() {
        let mut choices = license.split(" OR ");
        ensure!(choices.any(|choice| choice == APACHE), "no licence file");
        return Ok(vec![apache()?]);
    }
    let read = |file| Ok(fs::read_to_string(file)?.trim().replace("\r\n", "\n"));
    files.into_iter().map(read).collect()
}

fn apache() -> Result<String> {
    let license = spdx::license_id(APACHE).context("SPDX has the Apache License")?;
    Ok(license.text().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_mit_where_a_crate_has_both_keeps_notices_and_needs_a_known_text() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let folder = folder.path();
        assert!(texts(folder, "MIT OR Apache-2.0")?[0].contains("Apache License"));
        let error = texts(folder, "MIT AND Apache-2.0").unwrap_err();
        assert_eq!(error.to_string(), "no licence file");
        for name in ["LICENSE-APACHE", "LICENSE-MIT", "NOTICE", "README.md"] {
            fs::write(folder.join(name), name)?;
        }
        assert_eq!(texts(folder, "")?, ["LICENSE-MIT", "NOTICE"]);
        Ok(())
    }
}

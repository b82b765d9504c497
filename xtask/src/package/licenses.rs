//! The licences of what is compiled into the modules, which ask for their texts to go with copies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use cargo_metadata::MetadataCommand;
use fs_err as fs;
use spdx::Expression;

use super::crates::{self, Crate};

/// The text of the licence that crates without a file of their own are taken under.
const APACHE: &str = "Apache-2.0";

const HEAD: &str = "\
The WebAssembly modules of divar-chat-media contain the following works of others, each under the
licence below its name. Rust's standard library and the crates that it contains are under the
Apache License 2.0, too.
";

/// The names of the works under each text.
type Texts = BTreeMap<String, BTreeSet<String>>;

/// Writes the texts to `file`. It fails for a crate without a licence file whose licence's text is not known.
pub fn write(file: &Path) -> Result<()> {
    let metadata = MetadataCommand::new().exec()?;
    let mut texts = Texts::from([(apache()?, BTreeSet::from(["std".to_owned()]))]);
    for krate in crates::compiled(Path::new("."))? {
        let mut packages = metadata.packages.iter();
        let package = packages.find(|package| {
            *package.name == krate.name && package.version.to_string() == krate.version
        });
        let manifest = &package
            .context("cargo metadata lacks a crate")?
            .manifest_path;
        let folder = manifest.parent().context("a manifest lies in a folder")?;
        for text in texts_of(&krate, folder.as_std_path())? {
            let name = format!("{} {}", krate.name, krate.version);
            texts.entry(text).or_default().insert(name);
        }
    }
    Ok(fs::write(file, document(&texts))?)
}

/// The licence files of a crate, without the Apache License where it also has the shorter MIT one.
fn texts_of(krate: &Crate, folder: &Path) -> Result<Vec<String>> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let upper = name.to_uppercase();
        let prefixes = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];
        if prefixes.iter().any(|prefix| upper.starts_with(prefix)) {
            files.insert(name);
        }
    }
    if files.iter().any(|name| name.to_uppercase().contains("MIT")) {
        files.retain(|name| !name.to_uppercase().contains("APACHE"));
    }
    if files.is_empty() {
        let expression = Expression::parse(&krate.license)?;
        ensure!(
            expression.evaluate(|wanted| wanted.license.id().is_some_and(|id| id.name == APACHE)),
            "{} {} ({}) has no licence file",
            krate.name,
            krate.version,
            krate.license
        );
        return Ok(vec![apache()?]);
    }
    let read = |name| {
        Ok(fs::read_to_string(folder.join(name))?
            .trim()
            .replace("\r\n", "\n"))
    };
    files.iter().map(read).collect()
}

fn apache() -> Result<String> {
    let license = spdx::license_id(APACHE).context("SPDX has the Apache License")?;
    Ok(license.text().trim().to_owned())
}

fn document(texts: &Texts) -> String {
    let rule = "-".repeat(80);
    let sections = texts.iter().map(|(text, names)| {
        let names = names
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        format!("\n{rule}\n{names}\n\n{text}\n")
    });
    // In the order of the names, which follow the rule.
    HEAD.to_owned()
        + &sections
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(license: &str, files: &[&str]) -> Result<Vec<String>> {
        let folder = tempfile::tempdir()?;
        for name in files {
            fs::write(folder.path().join(name), name)?;
        }
        let krate = Crate {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            license: license.to_owned(),
        };
        texts_of(&krate, folder.path())
    }

    #[test]
    fn takes_mit_where_a_crate_has_both_and_keeps_notices() -> Result<()> {
        let files = ["LICENSE-APACHE", "LICENSE-MIT", "LICENSE-UNICODE", "NOTICE"];
        let texts = texts("(MIT OR Apache-2.0) AND Unicode-3.0", &files)?;
        assert_eq!(texts, ["LICENSE-MIT", "LICENSE-UNICODE", "NOTICE"]);
        Ok(())
    }

    #[test]
    fn rejects_crate_without_file_and_without_known_licence() -> Result<()> {
        let text = texts("MIT OR Apache-2.0", &[])?;
        assert!(text[0].contains("Apache License"), "{text:?}");
        let error = texts("MIT", &[]).unwrap_err().to_string();
        assert_eq!(error, "a 1.0.0 (MIT) has no licence file");
        Ok(())
    }

    #[test]
    fn crates_with_the_same_text_share_it() {
        let names = ["a 1", "b 2"].map(str::to_owned);
        let document = document(&Texts::from([("the text".to_owned(), names.into())]));
        assert!(document.ends_with("\na 1, b 2\n\nthe text\n"), "{document}");
    }
}

//! The licences of what is compiled into the modules, which ask for their texts to go with copies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use cargo_metadata::MetadataCommand;
use spdx::Expression;

use super::crates::{self, Crate};
use crate::setup::cargo;

/// The text of the licence that crates without a file of their own are taken under.
const APACHE: &str = "Apache-2.0";

const HEAD: &str = "\
The WebAssembly modules of divar-chat-media contain the following works of others, each under the
licence below its name. Rust's standard library and the crates that it contains are under the
Apache License 2.0, too.
";

/// Writes the texts to `file`.
///
/// # Errors
///
/// When a crate has neither a licence file nor a licence whose text is known.
pub fn write(file: &Path) -> Result<()> {
    let metadata = MetadataCommand::new().exec()?;
    let mut texts = BTreeMap::<String, BTreeSet<String>>::new();
    texts.insert(apache()?, BTreeSet::from(["std".to_owned()]));
    for krate in crates::compiled(cargo)? {
        let package = metadata.packages.iter().find(|package| {
            *package.name == krate.name && package.version.to_string() == krate.version
        });
        let package = package.with_context(|| format!("cargo knows no {}", krate.name))?;
        let folder = package
            .manifest_path
            .parent()
            .context("a manifest lies in a folder")?;
        for text in texts_of(&krate, folder.as_std_path())? {
            let name = format!("{} {}", krate.name, krate.version);
            texts.entry(text).or_default().insert(name);
        }
    }
    fs::write(file, document(&texts)).with_context(|| format!("could not write {}", file.display()))
}

/// The licence files of a crate, without the Apache License where it also has the shorter MIT one.
fn texts_of(krate: &Crate, folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let upper = name.to_uppercase();
        if ["LICENSE", "LICENCE", "COPYING", "NOTICE"]
            .iter()
            .any(|begin| upper.starts_with(begin))
        {
            files.push(name);
        }
    }
    files.sort();
    if files.iter().any(|name| name.to_uppercase().contains("MIT")) {
        files.retain(|name| !name.to_uppercase().contains("APACHE"));
    }
    if files.is_empty() {
        let expression = Expression::parse(&krate.license)?;
        let allowed =
            expression.evaluate(|wanted| wanted.license.id().is_some_and(|id| id.name == APACHE));
        ensure!(
            allowed,
            "{} {} ({}) has no licence file",
            krate.name,
            krate.version,
            krate.license
        );
        return Ok(vec![apache()?]);
    }
    let texts = files
        .iter()
        .map(|name| fs::read_to_string(folder.join(name)));
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    Ok(texts
        .iter()
        .map(|text| text.trim().replace("\r\n", "\n"))
        .collect())
}

fn apache() -> Result<String> {
    let license = spdx::license_id(APACHE).context("SPDX has the Apache License")?;
    Ok(license.text().trim().to_owned())
}

fn document(texts: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut sections: Vec<_> = texts
        .iter()
        .map(|(text, names)| {
            (
                names
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .join(", "),
                text,
            )
        })
        .collect();
    sections.sort();
    let rule = "-".repeat(80);
    let sections = sections
        .iter()
        .map(|(names, text)| format!("\n{rule}\n{names}\n\n{text}\n"));
    HEAD.to_owned() + &sections.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn krate(license: &str) -> Crate {
        Crate {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            license: license.to_owned(),
        }
    }

    #[test]
    fn mit_is_taken_where_a_crate_has_both_and_notices_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["LICENSE-APACHE", "LICENSE-MIT", "LICENSE-UNICODE", "NOTICE"] {
            fs::write(folder.path().join(name), name).expect("a file");
        }
        let texts = texts_of(&krate("(MIT OR Apache-2.0) AND Unicode-3.0"), folder.path());
        assert_eq!(
            texts.expect("texts"),
            ["LICENSE-MIT", "LICENSE-UNICODE", "NOTICE"]
        );
    }

    #[test]
    fn a_crate_without_a_file_needs_a_licence_whose_text_is_known() {
        let folder = tempfile::tempdir().expect("a folder");
        let texts = texts_of(&krate("MIT OR Apache-2.0"), folder.path()).expect("a text");
        assert!(texts[0].contains("Apache License"), "{texts:?}");
        let error = texts_of(&krate("MIT"), folder.path())
            .unwrap_err()
            .to_string();
        assert_eq!(error, "a 1.0.0 (MIT) has no licence file");
    }

    #[test]
    fn crates_with_the_same_text_share_it() {
        let names = ["a 1", "b 2"].map(str::to_owned);
        let texts = BTreeMap::from([("the text".to_owned(), BTreeSet::from(names))]);
        let document = document(&texts);
        assert!(document.ends_with("\na 1, b 2\n\nthe text\n"), "{document}");
    }
}

//! What the changelog must say before its version is published.

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use semver::Version;

const UNRELEASED: &str = "Unreleased";

/// Fails when CHANGELOG.md has no dated entry for `version`, has a later one, or keeps text for a later one.
pub fn check(version: &Version) -> Result<()> {
    check_text(&fs::read_to_string("CHANGELOG.md")?, version)
}

fn check_text(text: &str, version: &Version) -> Result<()> {
    let changelog = parse_changelog::parse(text).context("CHANGELOG.md cannot be read")?;
    let entry = changelog.get(version.to_string().as_str());
    let entry = entry.with_context(|| {
        format!(
            "CHANGELOG.md has no entry for {version}: \
             what is under \"{UNRELEASED}\" goes below a heading `## {version} - YYYY-MM-DD`"
        )
    })?;
    for (name, other) in &changelog {
        if *name == UNRELEASED {
            ensure!(
                other.notes.is_empty(),
                "CHANGELOG.md still has text under \"{UNRELEASED}\", which the commit contains: \
                 move it to {version}"
            );
        } else {
            ensure!(
                Version::parse(name)? <= *version,
                "CHANGELOG.md has {name} already, which is later than {version}"
            );
        }
    }
    ensure!(
        !entry.notes.is_empty(),
        "CHANGELOG.md says nothing of {version}"
    );
    let title = entry.title_no_link();
    let date = title.rsplit(' ').next().unwrap_or_default();
    let parts: Vec<Option<u32>> = date.split('-').map(|part| part.parse().ok()).collect();
    ensure!(
        date.len() == "YYYY-MM-DD".len()
            && matches!(parts[..], [Some(2000..), Some(1..=12), Some(1..=31)]),
        "CHANGELOG.md does not say when {version} was released: its heading must be \
         `## {version} - YYYY-MM-DD`"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "## 0.2.0 - 2026-11-22\n\n- A.\n";

    fn check(text: &str) -> Result<(), String> {
        check_text(text, &Version::new(0, 2, 0)).map_err(|error| error.to_string())
    }

    #[test]
    fn accepts_dated_entry_without_text_for_a_later_one() {
        for above in ["", "## Unreleased\n\n", "## [Unreleased]\n"] {
            let text = format!("# Changelog\n\n{above}{ENTRY}\n## 0.1.0 - 2026-01-02\n\n- B.\n");
            assert_eq!(check(&text), Ok(()), "{above}");
        }
        assert_eq!(check("## [0.2.0] - 2026-11-22\n\n- A.\n"), Ok(()));
        let candidate = format!("## 0.2.0-rc.1 - 2026-11-21\n\n- B.\n\n{ENTRY}");
        assert_eq!(check(&candidate), Ok(()));
    }

    #[test]
    fn names_what_is_missing_or_too_much() {
        for (text, wanted) in [
            ("## Unreleased\n\n- A.\n", "no entry for 0.2.0"),
            (
                "## 0.2.0 - 2026-11-22\n\n## 0.1.0 - 2026-01-02\n\n- B.\n",
                "says nothing of 0.2.0",
            ),
            (
                &format!("## Unreleased\n\n- C.\n\n{ENTRY}"),
                "still has text",
            ),
            (
                &format!("## 0.10.0 - 2026-11-22\n\n- B.\n\n{ENTRY}"),
                "0.10.0 already",
            ),
            ("## 0.2.0\n\n- A.\n", "does not say when"),
            ("## 0.2.0 - soon\n\n- A.\n", "does not say when"),
            ("## 0.2.0 - 2026-13-01\n\n- A.\n", "does not say when"),
            ("## 0.2.0 - 2026-1-1\n\n- A.\n", "does not say when"),
        ] {
            let error = check(text).unwrap_err();
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }
}

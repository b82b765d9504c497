//! What the changelog must say before its version is published.

use anyhow::{Context, Result, ensure};
use fs_err as fs;

/// Fails unless CHANGELOG.md begins with a dated entry for `version`, below an "Unreleased" without text.
pub fn check(version: &str) -> Result<()> {
    check_text(&fs::read_to_string("CHANGELOG.md")?, version)
}

fn check_text(text: &str, version: &str) -> Result<()> {
    let changelog = parse_changelog::parse(text).context("CHANGELOG.md cannot be read")?;
    let mut entries = changelog.values().peekable();
    let unreleased = entries.next_if(|entry| entry.version == "Unreleased");
    ensure!(
        unreleased.is_none_or(|entry| entry.notes.is_empty()),
        "CHANGELOG.md still has text under \"Unreleased\", which the commit contains: move it to {version}"
    );
    let newest = entries.next().context("CHANGELOG.md has no version")?;
    let title = newest.title_no_link();
    let date = title.strip_prefix(version).unwrap_or_default();
    let shape = date.replace(|c: char| c.is_ascii_digit(), "0");
    ensure!(
        shape == " - 0000-00-00" && !newest.notes.is_empty(),
        "the newest version in CHANGELOG.md must say something below `## {version} - YYYY-MM-DD`"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_dated_entry_without_text_or_versions_above_it() {
        const ENTRY: &str = "## 0.2.0 - 2026-11-22\n\n- A.\n";
        for (above, entry, accepted) in [
            ("# Changelog\n\n", ENTRY, true),
            ("## Unreleased\n\n", ENTRY, true),
            ("## [Unreleased]\n", "## [0.2.0] - 2026-11-22\n\n- A.", true),
            ("## Unreleased\n\n- C.\n\n", ENTRY, false),
            ("## 0.10.0 - 2026-11-22\n\n- C.\n\n", ENTRY, false),
            ("", "## Unreleased\n", false),
            ("", "## 0.2.0 - 2026-11-22\n", false),
            ("", "## 0.2.0\n\n- A.\n", false),
            ("", "## 0.2.0 - soon\n\n- A.\n", false),
            ("", "## 0.2.0 - 2026-1-1\n\n- A.\n", false),
        ] {
            let text = format!("{above}{entry}\n## 0.1.0 - 2026-01-02\n\n- B.\n");
            let result = check_text(&text, "0.2.0");
            assert_eq!(result.is_ok(), accepted, "{text}: {result:?}");
        }
    }
}

//! What the changelog must say before its version is published.

use anyhow::{Context, Result, ensure};
use parse_changelog::Release;
use semver::Version;

use super::checks::Answer;

const UNRELEASED: &str = "Unreleased";

/// Checks CHANGELOG.md.
///
/// # Errors
///
/// When it has no dated entry for `version` in the first place, or keeps anything for a later one.
pub fn check(version: &Version) -> Result<Answer> {
    let text = std::fs::read_to_string("CHANGELOG.md").context("could not read CHANGELOG.md")?;
    let date = date_of(&text, version)?;
    Ok(Answer::Good(format!("{version} of {date}")))
}

/// The date of the entry for `version`.
fn date_of(text: &str, version: &Version) -> Result<String> {
    let changelog = parse_changelog::parse(text).context("CHANGELOG.md cannot be read")?;
    let waiting = changelog.get(UNRELEASED).map_or("", |entry| entry.notes);
    let name = version.to_string();
    let entry = changelog.get(name.as_str()).with_context(|| {
        format!(
            "CHANGELOG.md has no entry for {version}: \
             what is under \"{UNRELEASED}\" goes below a heading `## {version} - YYYY-MM-DD`"
        )
    })?;
    ensure!(
        waiting.is_empty(),
        "CHANGELOG.md still has text under \"{UNRELEASED}\", and the commit has what it tells: \
         move it to {version}, whose users get it"
    );
    ensure!(
        !entry.notes.is_empty(),
        "CHANGELOG.md says nothing of {version}"
    );
    newest(changelog.values(), version)?;
    dated(entry)
}

/// Each version is published once, and upwards.
fn newest<'a>(entries: impl Iterator<Item = &'a Release<'a>>, version: &Version) -> Result<()> {
    for entry in entries.filter(|entry| entry.version != UNRELEASED) {
        let other = Version::parse(entry.version)?;
        ensure!(
            other <= *version,
            "CHANGELOG.md has {other} already, which is later than {version}"
        );
    }
    Ok(())
}

fn dated(entry: &Release) -> Result<String> {
    let title = entry.title_no_link();
    let date = title.rsplit(' ').next().unwrap_or_default();
    let parts: Vec<Option<u32>> = date.split('-').map(|part| part.parse().ok()).collect();
    let is_date = date.len() == "YYYY-MM-DD".len()
        && matches!(parts[..], [Some(2000..), Some(1..=12), Some(1..=31)]);
    ensure!(
        is_date,
        "CHANGELOG.md does not say when {} was released: its heading must be `## {} - YYYY-MM-DD`",
        entry.version,
        entry.version
    );
    Ok(date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String> {
        date_of(text, &Version::new(0, 2, 0))
    }

    fn refusal(text: &str) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn a_dated_entry_with_nothing_left_over_is_what_is_wanted() {
        let entry = "## 0.2.0 - 2026-11-22\n\n### Added\n\n- A.\n\n## 0.1.0 - 2026-01-02\n\n- B.\n";
        for above in ["", "## Unreleased\n\n", "## [Unreleased]\n"] {
            let text = format!("# Changelog\n\nThe format.\n\n{above}{entry}");
            assert_eq!(read(&text).expect(above), "2026-11-22");
        }
        let linked = "## [0.2.0] - 2026-11-22\n\n- A.\n";
        assert_eq!(read(linked).expect("linked"), "2026-11-22");
    }

    #[test]
    fn a_version_without_an_entry_is_told_where_one_belongs() {
        let text = refusal("## Unreleased\n\n- A.\n\n## 0.1.0 - 2026-01-02\n\n- B.\n");
        assert!(
            text.contains("no entry for 0.2.0") && text.contains("## 0.2.0 - YYYY"),
            "{text}"
        );
    }

    #[test]
    fn what_is_left_for_later_would_be_published_untold() {
        let text = refusal("## Unreleased\n\n- C.\n- D.\n\n## 0.2.0 - 2026-11-22\n\n- A.\n");
        assert!(text.contains("still has text"), "{text}");
    }

    #[test]
    fn an_entry_without_a_date_or_a_word_is_none() {
        for heading in [
            "## 0.2.0",
            "## 0.2.0 - soon",
            "## 0.2.0 - 2026-13-01",
            "## 0.2.0 - 2026-1-1",
        ] {
            let text = refusal(&format!("{heading}\n\n- A.\n"));
            assert!(text.contains("does not say when"), "{heading}: {text}");
        }
        let text = refusal("## 0.2.0 - 2026-11-22\n\n## 0.1.0 - 2026-01-02\n\n- B.\n");
        assert!(text.contains("says nothing of 0.2.0"), "{text}");
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        let text = |other: &str| {
            format!("## {other} - 2026-11-22\n\n- B.\n\n## 0.2.0 - 2026-11-22\n\n- A.\n")
        };
        assert!(refusal(&text("0.10.0")).contains("0.10.0 already"));
        assert!(read(&text("0.2.0-rc.1")).is_ok());
    }
}

//! What cargo-deny says of the crates: `deny.toml` is what it goes by.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::checks::Answer;
use crate::process::{kept, quiet};
use crate::setup;

const LIMIT: Duration = Duration::from_mins(10);

/// Checks licences, sources and bans of the workspace in `folder`. It needs no network, once the
/// crates are on this machine.
///
/// # Errors
///
/// When `deny.toml` there does not allow what is found.
pub fn allowed(folder: &str) -> Result<Answer> {
    let mut deny = cargo_deny(folder)?;
    deny.args(["check", "--hide-inclusion-graph"]);
    deny.args(["bans", "licenses", "sources"]);
    quiet(deny, LIMIT).with_context(|| {
        let rules = Path::new(folder).join("deny.toml");
        format!("cargo-deny found what {} does not allow", rules.display())
    })?;
    Ok(Answer::Good("all are allowed".to_owned()))
}

/// Checks the crates of both workspaces against `RustSec`'s advisories, where they can be fetched.
///
/// # Errors
///
/// When a crate has an advisory or was yanked.
pub fn advisories() -> Result<Answer> {
    let mut fetch = cargo_deny(".")?;
    fetch.args(["--format", "json", "fetch", "db"]);
    let fetched = kept(fetch, LIMIT)?;
    if !fetched.success() {
        // Apart from the check itself, so that no failure of the one is taken for the other's.
        return Ok(Answer::NotMade(format!(
            "the advisory database could not be fetched ({})",
            reason(&fetched.output)
        )));
    }
    for folder in [".", "fuzz"] {
        let mut deny = cargo_deny(folder)?;
        deny.args(["--offline", "check", "advisories"]);
        quiet(deny, LIMIT).context("cargo-deny found crates with advisories")?;
    }
    Ok(Answer::Good("none".to_owned()))
}

fn cargo_deny(folder: &str) -> Result<Command> {
    let mut deny = setup::auditor()?;
    deny.current_dir(folder);
    deny.args(["deny", "--workspace", "--locked"]);
    Ok(deny)
}

/// Why a database could not be fetched: the last line of the last error that cargo-deny logged.
fn reason(log: &str) -> String {
    let entries = log
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut errors = entries.filter(|entry| entry["fields"]["level"] == "ERROR");
    let last = errors.next_back();
    let message = last
        .as_ref()
        .and_then(|entry| entry["fields"]["message"].as_str());
    let line = message.and_then(|text| text.trim_end().lines().last());
    line.unwrap_or("cargo-deny does not say why").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_what_git_said_last() {
        let log = r#"{"fields":{"level":"ERROR","message":"failed to fetch database: failed to clone\nCloning into 'db'...\nfatal: unable to access 'https://example.org/db/': Could not resolve host: example.org\n"},"type":"log"}
{"fields":{"level":"WARN","message":"done"},"type":"log"}"#;
        let wanted = "fatal: unable to access 'https://example.org/db/': Could not resolve host: example.org";
        assert_eq!(reason(log), wanted);
    }

    #[test]
    fn a_log_without_errors_is_not_given_a_reason() {
        assert_eq!(reason("no JSON\n{}\n"), "cargo-deny does not say why");
    }
}

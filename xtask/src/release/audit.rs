//! Licences, sources and known vulnerabilities of the crates, by cargo-deny, and of the npm packages, by
//! `npm audit`. Users get none of the npm packages: they build and test this one.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{ensure_none_failed, print_not_checked};
use crate::process::{cmd, kept, quiet};
use crate::report::{Outcome, Report};
use crate::setup::node::EXAMPLES;
use crate::setup::{tools, with_tools};

const LIMIT: Duration = Duration::from_mins(10);
/// The workspaces of crates, each with a `deny.toml`.
const WORKSPACES: [&str; 2] = [".", "fuzz"];

/// Makes all checks, and fails when one of them does.
pub fn run() -> Result<()> {
    let mut report = Report::default();
    checks(&mut report);
    ensure_none_failed(&report)?;
    print_not_checked(&report);
    Ok(())
}

/// Adds the checks to `report`.
pub fn checks(report: &mut Report) {
    report.group("dependencies");
    for folder in WORKSPACES {
        let what = format!("licences and sources of the crates in {folder}");
        report.step(&what, || {
            let rules = "check --hide-inclusion-graph bans licenses sources";
            let deny = quiet(cargo_deny(folder, rules)?, LIMIT);
            deny.with_context(|| format!("{folder}/deny.toml does not allow all of them"))?;
            Ok(())
        });
    }
    report.check("known vulnerabilities of the crates", crates);
    for folder in [".", EXAMPLES] {
        let what = format!("known vulnerabilities of the npm packages in {folder}");
        report.check(&what, || {
            // Without the log, which would be mixed with the answer.
            let mut npm = cmd!("npm audit --json --loglevel=silent --audit-level=high");
            npm.current_dir(folder);
            let ended = kept(npm, LIMIT)?;
            packages(ended.status.success(), &ended.output)
        });
    }
}

/// Checks the crates of all workspaces against `RustSec`'s advisories, where they can be fetched.
fn crates() -> Result<Outcome> {
    let fetched = kept(cargo_deny(".", "fetch db")?, LIMIT)?;
    if !fetched.status.success() {
        // Apart from the check itself, so that a failure of one is not taken for the other's.
        let reason = fetched.output.trim_end().lines().last().unwrap_or_default();
        let reason = format!(
            "the advisory database could not be fetched ({})",
            reason.trim()
        );
        return Ok(Outcome::NotChecked(reason));
    }
    for folder in WORKSPACES {
        let deny = cargo_deny(folder, "--offline check advisories")?;
        quiet(deny, LIMIT).context("cargo-deny found crates with advisories")?;
    }
    Ok(Outcome::Passed)
}

fn cargo_deny(folder: &str, arguments: &str) -> Result<Command> {
    let arguments = arguments.split(' ');
    let mut deny = cmd!("cargo deny --workspace --locked {arguments...}");
    deny.current_dir(folder);
    with_tools(deny, &[tools::CARGO_DENY])
}

/// Reads what `npm audit` has written, and whether it found nothing that is high or critical.
fn packages(found_nothing: bool, answer: &str) -> Result<Outcome> {
    if found_nothing {
        return Ok(Outcome::Passed);
    }
    // Where the registry does not answer, npm writes why, and no report.
    let json: Value = serde_json::from_str(answer).unwrap_or_default();
    if let Some(message) = json["message"].as_str() {
        let reason = format!("the registry does not answer `npm audit` ({message})");
        return Ok(Outcome::NotChecked(reason));
    }
    bail!("`npm audit` failed:\n{answer}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_that_does_not_answer_is_neither_clean_nor_a_failure() -> Result<()> {
        // Without the route, and out of reach.
        for answer in [
            r#"{"message": "405 Method Not Allowed - POST https://example.org/", "statusCode": 405}"#,
            r#"{"message": "request failed, reason: connect ECONNREFUSED", "error": {"summary": ""}}"#,
        ] {
            let outcome = packages(false, answer)?;
            assert!(matches!(outcome, Outcome::NotChecked(_)), "{answer}");
        }
        Ok(())
    }

    #[test]
    fn vulnerabilities_and_other_mistakes_are_failures() {
        assert!(packages(true, r#"{"vulnerabilities": {}}"#).is_ok());
        for answer in [
            r#"{"vulnerabilities": {"a": {"severity": "high"}}}"#,
            r#"{"error": {"code": "ENOLOCK", "summary": "", "detail": ""}}"#,
            "npm: not found",
        ] {
            assert!(packages(false, answer).is_err(), "{answer}");
        }
    }
}

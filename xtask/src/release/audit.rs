//! Licences, sources and known vulnerabilities of the crates, by cargo-deny, and of the npm packages, by
//! `npm audit`. Users get none of the npm packages: they build and test this one.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::{ensure_none_failed, tell_not_checked};
use crate::console::note;
use crate::process::{cmd, kept, quiet};
use crate::report::{Outcome, Report};
use crate::setup::node::BUNDLERS;
use crate::setup::{tools, with_tools};

const LIMIT: Duration = Duration::from_mins(10);
/// The workspaces of crates, each with a `deny.toml`.
const WORKSPACES: [&str; 2] = [".", "fuzz"];

/// Makes all checks of what the package is made of and built with.
///
/// # Errors
///
/// When a check fails.
pub fn run() -> Result<()> {
    let mut report = Report::default();
    checks(&mut report);
    ensure_none_failed(&report)?;
    tell_not_checked(&report);
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
    for folder in [".", BUNDLERS] {
        let what = format!("known vulnerabilities of the npm packages in {folder}");
        report.check(&what, || {
            // Without the log, which would be mixed with the answer.
            let mut npm = cmd!("npm audit --json --loglevel=silent");
            npm.current_dir(folder);
            packages(&kept(npm, LIMIT)?.output)
        });
    }
}

/// Checks the crates of all workspaces against `RustSec`'s advisories, where they can be fetched.
fn crates() -> Result<Outcome> {
    let fetched = kept(cargo_deny(".", "fetch db")?, LIMIT)?;
    if !fetched.success() {
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

/// Reads the answer of `npm audit`.
///
/// # Errors
///
/// When a package has a vulnerability that is high or critical.
fn packages(answer: &str) -> Result<Outcome> {
    let answer: Value = serde_json::from_str(answer)
        .with_context(|| format!("`npm audit` gave no answer, but {answer:?}"))?;
    // Where the registry does not answer, npm writes why, and no report.
    if let Some(message) = answer["message"].as_str() {
        let reason = format!("the registry does not answer `npm audit` ({message})");
        return Ok(Outcome::NotChecked(reason));
    }
    let Some(found) = answer["vulnerabilities"].as_object() else {
        bail!("`npm audit` gave no report, but {answer}");
    };
    let mut grave = Vec::new();
    for (name, vulnerability) in found {
        let severity = vulnerability["severity"].as_str().unwrap_or("unknown");
        let text = format!("{name} ({severity})");
        if ["info", "low", "moderate"].contains(&severity) {
            note(format!("a lower one: {text}"));
        } else {
            grave.push(text);
        }
    }
    ensure!(
        grave.is_empty(),
        "vulnerable: {}. `npm audit` has the details",
        grave.join(", ")
    );
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_that_does_not_answer_is_not_a_clean_report() -> Result<()> {
        // Without the route, and out of reach.
        for answer in [
            r#"{"message": "405 Method Not Allowed - POST https://example.org/", "statusCode": 405}"#,
            r#"{"message": "request failed, reason: connect ECONNREFUSED", "error": {"summary": ""}}"#,
        ] {
            let outcome = packages(answer)?;
            assert!(matches!(outcome, Outcome::NotChecked(_)), "{answer}");
        }
        Ok(())
    }

    #[test]
    fn high_and_critical_vulnerabilities_fail() -> Result<()> {
        let report = |severity| {
            let report =
                r#"{"auditReportVersion": 2, "vulnerabilities": {"a": {"severity": "SEVERITY"}}}"#;
            packages(&report.replace("SEVERITY", severity))
        };
        assert_eq!(packages(r#"{"vulnerabilities": {}}"#)?, Outcome::Passed);
        for severity in ["info", "low", "moderate"] {
            assert_eq!(report(severity)?, Outcome::Passed, "{severity}");
        }
        for severity in ["high", "critical", "of-a-new-kind"] {
            assert!(report(severity).is_err(), "{severity}");
        }
        Ok(())
    }

    #[test]
    fn other_mistakes_are_errors() {
        let no_lock = r#"{"error": {"code": "ENOLOCK", "summary": "", "detail": ""}}"#;
        assert!(packages(no_lock).is_err());
        assert!(packages("npm: not found").is_err());
    }
}

//! Licences, sources and known vulnerabilities of the crates, by cargo-deny, and of the npm packages, by
//! `npm audit`. Users get none of the npm packages: they build and test this one.

use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::process::{Ended, cmd, kept, quiet};
use crate::report::Report;
use crate::setup::node::EXAMPLES;
use crate::setup::{tools, with_tools};

const LIMIT: Duration = Duration::from_mins(10);

/// Makes all checks, and fails when one of them does.
pub fn run() -> Result<ExitCode> {
    let mut report = Report::default();
    checks(&mut report)?;
    Ok(report.close())
}

/// Adds the checks to `report`. A list of vulnerabilities that cannot be reached is neither clean nor a failure.
pub fn checks(report: &mut Report) -> Result<()> {
    report.group("audit");
    // Apart from the check itself, so that a failure of one is not taken for the other's.
    let Ended { status, output } = kept(cargo_deny(".", "fetch db")?, LIMIT)?;
    let kinds = if status.success() {
        "advisories bans licenses sources"
    } else {
        let reason = output.trim_end().lines().last().unwrap_or_default();
        report.not_checked("advisories about crates", reason);
        "bans licenses sources"
    };
    // The workspaces of crates, each with a deny.toml.
    for folder in [".", "fuzz"] {
        let deny = cargo_deny(folder, &format!("check --hide-inclusion-graph {kinds}"))?;
        let what = format!("the crates in {folder}: {kinds}");
        report.step(&what, || quiet(deny, LIMIT).map(drop));
    }
    for folder in [".", EXAMPLES] {
        let what = format!("known vulnerabilities of the npm packages in {folder}");
        // Without the log, which would be mixed with the answer.
        let mut npm = cmd!("npm audit --json --loglevel=silent --audit-level=high");
        npm.current_dir(folder);
        let Ended { status, output } = kept(npm, LIMIT)?;
        match unreachable(&output) {
            Some(reason) => report.not_checked(&what, &reason),
            None => report.step(&what, || {
                ensure!(status.success(), "`npm audit` failed:\n{output}");
                Ok(())
            }),
        }
    }
    Ok(())
}

fn cargo_deny(folder: &str, arguments: &str) -> Result<Command> {
    let arguments = arguments.split(' ');
    let mut deny = cmd!("cargo deny --workspace --locked {arguments...}");
    deny.current_dir(folder);
    with_tools(deny, &[tools::CARGO_DENY])
}

/// The `message` that `npm audit` prints if the registry does not answer. A report has none.
fn unreachable(answer: &str) -> Option<String> {
    let json: Value = serde_json::from_str(answer).ok()?;
    json["message"].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_that_does_not_answer_is_neither_clean_nor_a_failure() {
        for (answer, expected) in [
            (r#"{"message": "405", "statusCode": 405}"#, true),
            (r#"{"message": "failed", "error": {}}"#, true),
            (r#"{"vulnerabilities": {"a": {"severity": "high"}}}"#, false),
            (r#"{"error": {"code": "ENOLOCK"}}"#, false),
            ("npm: not found", false),
        ] {
            assert_eq!(unreachable(answer).is_some(), expected, "{answer}");
        }
    }
}

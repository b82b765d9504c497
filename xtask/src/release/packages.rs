//! What `npm audit` says of the npm packages. Users get none of them: they build and test ours.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::checks::Answer;
use crate::process::kept;

const LIMIT: Duration = Duration::from_mins(3);

/// Checks what `folder`'s package-lock.json names, where the registry answers that.
///
/// # Errors
///
/// When a package has a vulnerability that is high or critical. Lower ones of what only builds and
/// tests are told.
pub fn advisories(folder: &str) -> Result<Answer> {
    let mut npm = Command::new("npm");
    // Without a word beside the answer, which is on standard output with it.
    npm.args(["audit", "--json", "--loglevel=silent"]);
    npm.current_dir(folder);
    read(&kept(npm, LIMIT)?.output)
}

fn read(answer: &str) -> Result<Answer> {
    let answer: Value = serde_json::from_str(answer)
        .with_context(|| format!("`npm audit` gave no answer, but {answer:?}"))?;
    // Where the registry's own answer is missing, npm writes why, and no report.
    if let Some(message) = answer["message"].as_str() {
        return Ok(Answer::NotMade(format!(
            "the registry does not answer `npm audit` ({message})"
        )));
    }
    let Some(found) = answer["vulnerabilities"].as_object() else {
        bail!("`npm audit` gave no report, but {answer}");
    };
    let of = |severities: &[&str]| -> Vec<String> {
        let with = found.iter().filter_map(|(name, found)| {
            let severity = found["severity"].as_str().unwrap_or("unknown");
            severities
                .contains(&severity)
                .then(|| format!("{name} ({severity})"))
        });
        with.collect()
    };
    let lower = of(&["info", "low", "moderate"]);
    if lower.len() < found.len() {
        bail!(
            "vulnerable: {}. `npm audit` says more",
            of(&["high", "critical", "unknown"]).join(", ")
        );
    }
    Ok(Answer::Good(if lower.is_empty() {
        "none".to_owned()
    } else {
        format!("none that is high; lower: {}", lower.join(", "))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(severities: &[&str]) -> String {
        let found: serde_json::Map<String, Value> = severities
            .iter()
            .map(|severity| {
                (
                    format!("a-{severity}"),
                    serde_json::json!({ "severity": severity }),
                )
            })
            .collect();
        serde_json::json!({ "auditReportVersion": 2, "vulnerabilities": found }).to_string()
    }

    #[test]
    fn a_registry_that_does_not_answer_is_no_clean_bill() {
        let refused = r#"{"message": "405 Method Not Allowed - POST https://example.org/-/npm/v1/security/advisories/bulk",
            "method": "POST", "statusCode": 405, "body": "", "error": {"summary": "", "detail": ""}}"#;
        let unreachable = r#"{"message": "request to https://example.org/-/npm/v1/security/advisories/bulk failed, reason: connect ECONNREFUSED",
            "error": {"summary": "", "detail": ""}}"#;
        for (answer, why) in [(refused, "405"), (unreachable, "ECONNREFUSED")] {
            let Ok(Answer::NotMade(reason)) = read(answer) else {
                panic!("{answer} was taken for a report");
            };
            assert!(reason.contains(why), "{reason}");
        }
    }

    #[test]
    fn a_report_without_findings_is_clean() {
        assert_eq!(
            read(&report(&[])).expect("clean"),
            Answer::Good("none".to_owned())
        );
    }

    #[test]
    fn high_and_critical_findings_fail_and_lower_ones_are_told() {
        for severity in ["high", "critical", "of-a-new-kind"] {
            let answer = read(&report(&["low", severity]));
            assert!(answer.is_err(), "{severity}: {answer:?}");
        }
        let error = read(&report(&["high", "low"])).unwrap_err().to_string();
        assert_eq!(error, "vulnerable: a-high (high). `npm audit` says more");
        let told = "none that is high; lower: a-low (low), a-moderate (moderate)".to_owned();
        assert_eq!(
            read(&report(&["low", "moderate"])).expect("told"),
            Answer::Good(told)
        );
    }

    #[test]
    fn a_mistake_of_ours_is_not_taken_for_a_network_that_is_down() {
        let no_lock = r#"{"error": {"code": "ENOLOCK", "summary": "This command requires an existing lockfile.", "detail": ""}}"#;
        assert!(read(no_lock).is_err());
        assert!(read("npm: not found").is_err());
    }
}

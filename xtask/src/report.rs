//! The steps of a run: which passed, which failed, and how long each took.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::console::{heading, line, note, paint, seconds, step};
use crate::process::interrupted;

/// What a step found that did not fail.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Passed,
    /// Why it could not be checked, which says nothing about what would have been found.
    NotChecked(String),
}

/// All steps so far.
#[derive(Default)]
pub struct Report {
    group: String,
    rows: Vec<Row>,
}

struct Row {
    group: String,
    what: String,
    outcome: Result<Outcome>,
    time: Duration,
}

impl Report {
    /// Begins a group of steps.
    pub fn group(&mut self, name: &str) {
        name.clone_into(&mut self.group);
    }

    /// Runs a step and keeps its outcome. A failure is shown and does not stop the others.
    pub fn check(&mut self, what: &str, work: impl FnOnce() -> Result<Outcome>) {
        let start = Instant::now();
        let outcome = step(format!("{}: {what}", self.group), work);
        match &outcome {
            Ok(Outcome::Passed) => {}
            Ok(Outcome::NotChecked(reason)) => note(format!("NOT CHECKED: {reason}")),
            Err(error) => line(format!("{error:#}")),
        }
        self.rows.push(Row {
            group: self.group.clone(),
            what: what.to_owned(),
            outcome,
            time: start.elapsed(),
        });
    }

    /// As [`check`](Self::check), for a step that passes or fails.
    pub fn step(&mut self, what: &str, work: impl FnOnce() -> Result<()>) {
        self.check(what, || work().map(|()| Outcome::Passed));
    }

    /// Adds the steps of another report.
    pub fn append(&mut self, other: Self) {
        self.rows.extend(other.rows);
    }

    /// The steps that failed, with the first lines of their errors.
    pub fn failures(&self) -> Vec<String> {
        let failures = self.rows.iter().filter_map(|row| {
            let error = row.outcome.as_ref().err()?.to_string();
            let error = error.lines().next().unwrap_or_default();
            Some(format!("{}: {error}", row.what))
        });
        failures.collect()
    }

    /// The steps that could not be checked, with their reasons.
    pub fn not_checked(&self) -> Vec<String> {
        let reasons = self.rows.iter().filter_map(|row| match &row.outcome {
            Ok(Outcome::NotChecked(reason)) => Some(format!("{}: {reason}", row.what)),
            _ => None,
        });
        reasons.collect()
    }

    /// Prints all steps, the slowest and then those that failed at the end, and how many passed and failed.
    pub fn close(&self) -> ExitCode {
        heading("summary");
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by_key(|row| (row.outcome.is_err(), row.time));
        rows.into_iter().for_each(Row::print);
        let failed = self.failures().len();
        let passed = self.rows.len() - failed;
        if interrupted() {
            line("stopped by Ctrl-C before the end");
        }
        line(format!("steps: {passed} passed, {failed} failed"));
        if failed == 0 && passed > 0 && !interrupted() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

impl Row {
    fn print(&self) {
        let mark = match self.outcome {
            Ok(Outcome::Passed) => paint("32", "✓"),
            Ok(Outcome::NotChecked(_)) => paint("33", "?"),
            Err(_) => paint("31", "✗"),
        };
        let Self { group, what, .. } = self;
        let time = seconds(self.time);
        line(format!("{mark} {time:>12}  {group:9} {what}"));
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn one_failure_fails_the_run_and_does_not_stop_the_others() {
        let mut report = Report::default();
        assert_eq!(report.close(), ExitCode::FAILURE, "no step ran");
        report.group("letters");
        report.step("a", || Ok(()));
        assert_eq!(report.close(), ExitCode::SUCCESS);
        report.step("b", || bail!("broken\nin detail"));
        report.step("c", || Ok(()));
        assert_eq!(report.failures(), ["b: broken"]);
        assert_eq!(report.close(), ExitCode::FAILURE);
    }

    #[test]
    fn step_that_could_not_be_checked_is_kept_and_is_no_failure() {
        let mut report = Report::default();
        report.check("a", || Ok(Outcome::NotChecked("no network".to_owned())));
        assert_eq!(report.not_checked(), ["a: no network"]);
        assert_eq!(report.close(), ExitCode::SUCCESS);
    }
}

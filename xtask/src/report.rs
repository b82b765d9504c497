//! The steps of a run: which passed, which failed, and how long each took.

use std::cmp::Reverse;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::console::{heading, line, note, paint, seconds, step};
use crate::process::interrupted;

/// How many of the slowest steps are listed.
const SLOWEST: usize = 10;

/// All steps so far.
#[derive(Default)]
pub struct Report {
    group: String,
    rows: Vec<Row>,
    not_checked: Vec<String>,
}

struct Row {
    group: String,
    what: String,
    outcome: Result<()>,
    time: Duration,
}

impl Report {
    /// Begins a group of steps.
    pub fn group(&mut self, name: &str) {
        name.clone_into(&mut self.group);
    }

    /// Runs a step and keeps its outcome. A failure is shown and does not stop the others.
    pub fn step(&mut self, what: &str, work: impl FnOnce() -> Result<()>) {
        let start = Instant::now();
        let outcome = step(format!("{}: {what}", self.group), work);
        if let Err(error) = &outcome {
            line(format!("{error:#}"));
        }
        self.rows.push(Row {
            group: self.group.clone(),
            what: what.to_owned(),
            outcome,
            time: start.elapsed(),
        });
    }

    /// Keeps why something could not be checked, which says nothing about what would have been found.
    pub fn not_checked(&mut self, what: &str, reason: &str) {
        self.not_checked.push(format!("{what}: {reason}"));
    }

    /// Adds the steps of another report.
    pub fn append(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.not_checked.extend(other.not_checked);
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

    /// Prints all steps, the slowest ones, and as the last line how many passed and failed.
    pub fn close(&self) -> ExitCode {
        heading("summary");
        self.rows.iter().for_each(Row::print);
        heading("the slowest steps");
        let mut slowest: Vec<_> = self.rows.iter().collect();
        slowest.sort_by_key(|row| Reverse(row.time));
        slowest.truncate(SLOWEST);
        slowest.into_iter().for_each(Row::print);
        if !self.not_checked.is_empty() {
            heading("NOT CHECKED");
            self.not_checked.iter().for_each(note);
        }
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
            Ok(()) => paint("32", "✓"),
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
        report.not_checked("d", "no network");
        assert_eq!(report.close(), ExitCode::SUCCESS);
        report.step("b", || bail!("broken\nin detail"));
        report.step("c", || Ok(()));
        assert_eq!(report.failures(), ["b: broken"]);
        assert_eq!(report.close(), ExitCode::FAILURE);
    }
}

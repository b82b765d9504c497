//! What came out of each step, while it runs and in a table at the end.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::console::{heading, paint, seconds, step};
use crate::process::{Ended, interrupted};

/// All steps so far.
#[derive(Default)]
pub struct Report {
    suite: String,
    rows: Vec<Row>,
}

struct Row {
    suite: String,
    what: String,
    count: Count,
    time: Duration,
}

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Count {
    passed: usize,
    failed: usize,
}

impl Report {
    /// Says to which suite the next steps belong.
    pub fn begin(&mut self, suite: String) {
        self.suite = suite;
    }

    /// Runs a step and keeps what came out of it. A failure is shown and does not stop the others.
    pub fn step(&mut self, what: &str, work: impl FnOnce() -> Result<Ended>) {
        let start = Instant::now();
        let mut count = None;
        let result = step(what, || {
            let ended = work()?;
            count = Some(Count::of(&ended.output, ended.success()));
            ended.ensure()
        });
        if let Err(error) = result {
            println!("{error:#}");
        }
        let count = count.unwrap_or(Count {
            passed: 0,
            failed: 1,
        });
        self.push(what, count, start.elapsed());
    }

    /// Runs a check of our own, which counts as one test.
    pub fn check(&mut self, what: &str, work: impl FnOnce() -> Result<()>) {
        let start = Instant::now();
        let result = step(what, work);
        if let Err(error) = &result {
            println!("{error:#}");
        }
        let failed = usize::from(result.is_err());
        let passed = 1 - failed;
        self.push(what, Count { passed, failed }, start.elapsed());
    }

    /// Keeps the failure of what a suite needs before its first step.
    pub fn could_not_start(&mut self, error: &anyhow::Error) {
        println!("{error:#}");
        self.push(
            "what it needs",
            Count {
                passed: 0,
                failed: 1,
            },
            Duration::ZERO,
        );
    }

    fn push(&mut self, what: &str, count: Count, time: Duration) {
        self.rows.push(Row {
            suite: self.suite.clone(),
            what: what.to_owned(),
            count,
            time,
        });
    }

    /// Prints the table and, as the last line, the sum.
    pub fn close(self) -> ExitCode {
        heading("summary");
        let width = self
            .rows
            .iter()
            .map(|row| row.what.chars().count())
            .max()
            .unwrap_or(0);
        for Row {
            suite,
            what,
            count,
            time,
        } in &self.rows
        {
            let mark = if count.failed == 0 {
                paint("32", "✓")
            } else {
                paint("31", "✗")
            };
            let Count { passed, failed } = count;
            let time = seconds(*time);
            println!(
                "{mark} {suite:9} {what:width$} {passed:5} passed {failed:5} failed {time:>12}"
            );
        }
        let passed: usize = self.rows.iter().map(|row| row.count.passed).sum();
        let failed: usize = self.rows.iter().map(|row| row.count.failed).sum();
        if interrupted() {
            println!("stopped by Ctrl-C before the end");
        }
        println!("{passed} passed, {failed} failed");
        if failed == 0 && passed > 0 && !interrupted() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

impl Count {
    /// The sums that a test runner printed. A command that counts nothing is one test, and one
    /// that failed has at least one failure.
    fn of(output: &str, success: bool) -> Self {
        let mut sum = Self {
            passed: 0,
            failed: 0,
        };
        for Self { passed, failed } in output.lines().filter_map(Self::in_line) {
            sum.passed += passed;
            sum.failed += failed;
        }
        if !success && sum.failed == 0 {
            sum.failed = 1;
        } else if success && sum.passed == 0 {
            sum.passed = 1;
        }
        sum
    }

    fn in_line(line: &str) -> Option<Self> {
        Self::of_rust(line)
            .or_else(|| Self::of_node(line))
            .or_else(|| Self::of_storm(line))
    }

    /// `test result: ok. 5 passed; 0 failed; …`, by Rust's own tests and by wasm-bindgen's.
    fn of_rust(line: &str) -> Option<Self> {
        let (_, sums) = line.split_once("test result: ")?;
        let (_, sums) = sums.split_once(". ")?;
        let mut sums = sums.split("; ");
        let passed = sums.next()?.strip_suffix(" passed")?.parse().ok()?;
        let failed = sums.next()?.strip_suffix(" failed")?.parse().ok()?;
        Some(Self { passed, failed })
    }

    /// `ℹ pass 5`, `ℹ fail 0` and `ℹ cancelled 0`, by Node's test runner.
    fn of_node(line: &str) -> Option<Self> {
        let (word, number) = line.trim().strip_prefix("ℹ ")?.split_once(' ')?;
        let number = number.parse().ok()?;
        match word {
            "pass" => Some(Self {
                passed: number,
                failed: 0,
            }),
            "fail" | "cancelled" => Some(Self {
                passed: 0,
                failed: number,
            }),
            _ => None,
        }
    }

    /// `1000 passed, 0 failed`, by the storm.
    fn of_storm(line: &str) -> Option<Self> {
        let (passed, failed) = line.strip_suffix(" failed")?.split_once(" passed, ")?;
        let (passed, failed) = (passed.parse().ok()?, failed.parse().ok()?);
        Some(Self { passed, failed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_of_all_of_cargo_s_test_programs_are_added_up() {
        let output = "test a ... ok\n\
            test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
            test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(
            Count::of(output, false),
            Count {
                passed: 7,
                failed: 3
            }
        );
    }

    #[test]
    fn node_s_cancelled_tests_count_as_failed() {
        let output = "✔ a (1 ms)\nℹ tests 7\nℹ suites 1\nℹ pass 4\nℹ fail 2\nℹ cancelled 1\n";
        assert_eq!(
            Count::of(output, false),
            Count {
                passed: 4,
                failed: 3
            }
        );
    }

    #[test]
    fn a_storm_s_uploads_are_counted() {
        let output = "a table\n330 of 1000 met a fault; seed 7\n998 passed, 2 failed\n";
        assert_eq!(
            Count::of(output, false),
            Count {
                passed: 998,
                failed: 2
            }
        );
    }

    #[test]
    fn a_command_without_a_count_is_one_test() {
        assert_eq!(
            Count::of("", true),
            Count {
                passed: 1,
                failed: 0
            }
        );
        assert_eq!(
            Count::of("error: 3 mistakes", false),
            Count {
                passed: 0,
                failed: 1
            }
        );
    }

    #[test]
    fn a_runner_that_dies_after_a_good_count_has_failed() {
        let output = "test result: ok. 5 passed; 0 failed; 0 ignored\n";
        assert_eq!(
            Count::of(output, false),
            Count {
                passed: 5,
                failed: 1
            }
        );
    }
}

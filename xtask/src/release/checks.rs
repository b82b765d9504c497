//! What the checks said, one by one, and all together at the end.

use anyhow::{Result, ensure};

use crate::console::{heading, note, paint};

/// What a check says that did not fail.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// What was found.
    Good(String),
    /// Why it could not be looked at, which says nothing about what would have been found.
    NotMade(String),
}

/// All checks so far.
#[derive(Default)]
pub struct Checks {
    failed: Vec<String>,
    not_made: Vec<String>,
}

impl Checks {
    /// Makes a check and shows what it said. A failure does not stop the others.
    pub fn run(&mut self, what: &str, check: impl FnOnce() -> Result<Answer>) {
        let (mark, said) = match check() {
            Ok(Answer::Good(found)) => (paint("32", "✓"), found),
            Ok(Answer::NotMade(reason)) => {
                self.not_made.push(format!("{what}: {reason}"));
                (paint("33", "?"), format!("NOT CHECKED: {reason}"))
            }
            Err(error) => {
                let sentence = error.to_string();
                self.failed
                    .push(format!("{what}: {}", first_line(&sentence)));
                (paint("31", "✗"), format!("{error:#}"))
            }
        };
        println!("{mark} {what}: {said}");
    }

    /// The same for a check whose answer is needed later.
    pub fn value<T: ToString>(
        &mut self,
        what: &str,
        check: impl FnOnce() -> Result<T>,
    ) -> Option<T> {
        let mut value = None;
        self.run(what, || {
            let found = value.insert(check()?);
            Ok(Answer::Good(found.to_string()))
        });
        value
    }

    /// Fails when a check has.
    pub fn ensure(&self) -> Result<()> {
        ensure!(
            self.failed.is_empty(),
            "no release can be made of this commit:\n  {}",
            self.failed.join("\n  ")
        );
        Ok(())
    }

    /// Says again what could not be looked at.
    pub fn close(self) {
        if self.not_made.is_empty() {
            return note("all checks were made");
        }
        heading("not checked, and to be checked before anything is published");
        for reason in &self.not_made {
            println!("{} {reason}", paint("33", "?"));
        }
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_is_enough_to_fail_and_is_named() {
        let mut checks = Checks::default();
        checks.run("a", || Ok(Answer::Good("fine".to_owned())));
        checks.run("b", || anyhow::bail!("broken\nin detail"));
        checks.run("c", || Ok(Answer::Good("fine".to_owned())));
        let error = checks.ensure().unwrap_err().to_string();
        assert_eq!(error, "no release can be made of this commit:\n  b: broken");
    }

    #[test]
    fn what_could_not_be_checked_is_kept_and_is_no_failure() {
        let mut checks = Checks::default();
        checks.run("a", || Ok(Answer::NotMade("no network".to_owned())));
        assert_eq!(checks.not_made, ["a: no network"]);
        assert!(checks.ensure().is_ok());
    }
}

//! Whether and when to try again. Pure, but for the loop itself.

use std::cell::Cell;

use super::call::Call;
use super::gate::{Gate, is_offline};
use super::online;
use crate::error::{Error, Failure, Stage};
use crate::task::Running;

/// The first pause is up to this many milliseconds; each further one up to
/// twice the last.
const FIRST_PAUSE: f64 = 500.0;

/// The longest pause of our own choosing, in milliseconds.
const LONGEST_PAUSE: f64 = 20_000.0;

/// The longest that a `Retry-After` is waited out, in milliseconds: whoever is
/// told to wait longer should know it, and not wait.
const LONGEST_RETRY_AFTER: f64 = 60_000.0;

/// How many retries all calls of this module have together, to begin with.
const BUDGET: f64 = 20.0;

/// What a success gives back to the budget.
const REFUND: f64 = 0.5;

/// The pause before the `retry`th further try (from 0), in milliseconds:
/// exponential with full jitter, `random` being evenly spread over 0 to 1.
#[must_use]
pub fn back_off(retry: u32, random: f64) -> f64 {
    let most = FIRST_PAUSE * f64::from(1_u32 << retry.min(16));
    random * most.min(LONGEST_PAUSE)
}

/// The retries that are left to all calls of this module together, so that a
/// dead server is not hammered by every file of a queue in turn.
struct Budget(Cell<f64>);

impl Budget {
    const fn full() -> Self {
        Self(Cell::new(BUDGET))
    }

    /// Takes one retry, if there is one.
    fn take(&self) -> bool {
        let left = self.0.get();
        if left < 1.0 {
            return false;
        }
        self.0.set(left - 1.0);
        true
    }

    fn refund(&self) {
        self.0.set((self.0.get() + REFUND).min(BUDGET));
    }
}

thread_local! {
    static SHARED: Budget = const { Budget::full() };
}

/// What is tried until it goes well, or trying again would not help or is not
/// allowed.
pub struct Tries<'a> {
    /// The step.
    pub stage: Stage,
    /// The call that it is a part of.
    pub call: &'a Call,
    /// How often to try after the first time.
    pub retries: u32,
    /// Whether a first try may use up what the next would need: a 401 then tells
    /// less than the failure before it.
    pub is_given: bool,
}

impl Tries<'_> {
    /// Tries.
    ///
    /// # Errors
    ///
    /// The last try's failure, or the signal's own reason, in a pause too.
    pub async fn until_well<'a>(
        &self,
        attempt: &dyn Fn() -> Running<'a, String>,
    ) -> Result<String, Failure> {
        let mut retry = 0;
        let mut before = None;
        loop {
            online::wait(self.stage, self.call).await?;
            let error = match attempt().await {
                Ok(well) => {
                    SHARED.with(Budget::refund);
                    return Ok(well);
                }
                Err(Failure::Error(error)) => error,
                Err(aborted) => return Err(aborted),
            };
            // Waiting costs no retry: it is not the server that failed.
            let is_free = self.call.waits_online && error.is_retryable() && is_offline();
            if !is_free {
                let pause = pause(&error, retry).filter(|_| retry < self.retries);
                let Some(pause) = pause.filter(|_| SHARED.with(Budget::take)) else {
                    let tells_less = self.is_given && error.is_unauthorized();
                    return Err(before.filter(|_| tells_less).unwrap_or(error).into());
                };
                Gate::new(self.stage, self.call).pause(pause).await?;
                retry += 1;
            }
            before = Some(error);
        }
    }
}

/// How long to wait before the next try, or `None` where there should be none.
fn pause(error: &Error, retry: u32) -> Option<f64> {
    if !error.is_retryable() {
        return None;
    }
    match error.retry_after() {
        Some(asked) => (asked <= LONGEST_RETRY_AFTER).then_some(asked),
        None => Some(back_off(retry, js_sys::Math::random())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "small powers of two are exact")]
    fn pauses_double_up_to_a_cap_and_are_jittered_down_to_nothing() {
        let most = |retry| back_off(retry, 1.0);
        assert_eq!([0, 1, 2, 3].map(most), [500.0, 1000.0, 2000.0, 4000.0]);
        assert_eq!([6, 30, u32::MAX].map(most), [20_000.0; 3]);
        assert_eq!(back_off(3, 0.0).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn a_dead_server_uses_the_budget_up_and_successes_fill_it() {
        let budget = Budget::full();
        assert_eq!((0..100).filter(|_| budget.take()).count(), 20);
        budget.refund();
        assert!(!budget.take(), "half a retry is none");
        budget.refund();
        assert!(budget.take());
        for _ in 0..1000 {
            budget.refund();
        }
        assert_eq!((0..100).filter(|_| budget.take()).count(), 20);
    }
}

//! When a call is tried again, and after which pause. Pure.

use std::time::Duration;

use super::duration::duration_from_ms;

/// The first pause is random and at most this long; the bound doubles with each further try.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// The longest pause that is not asked for by the server.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// The longest `Retry-After` that is waited out. A caller who has to wait longer gets the error.
const LONGEST_RETRY_AFTER: Duration = Duration::from_mins(1);

/// How often a call is tried again.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// Tries after the first.
    pub retries: u32,
}

impl RetryPolicy {
    /// The pause before a further try after `retries_done` of them, or `None` where there is none left
    /// or the server asks for a longer wait than is waited out. `random` is uniform in 0 to 1.
    #[must_use]
    pub fn pause(
        self,
        retries_done: u32,
        retry_after: Option<Duration>,
        random: f64,
    ) -> Option<Duration> {
        if retries_done >= self.retries {
            return None;
        }
        match retry_after {
            Some(wait) => (wait <= LONGEST_RETRY_AFTER).then_some(wait),
            None => Some(back_off(retries_done, random)),
        }
    }
}

/// Exponential back-off with full jitter.
fn back_off(retries_done: u32, random: f64) -> Duration {
    let bound = (FIRST_PAUSE * 2_u32.pow(retries_done.min(16))).min(LONGEST_PAUSE);
    duration_from_ms(bound.as_secs_f64() * 1000.0 * random)
}

/// The retries that all calls share, so that every file of a queue does not try again while the
/// server is down.
#[derive(Debug)]
pub struct RetryBudget {
    left: f64,
}

impl RetryBudget {
    /// How many retries there are at first and at most.
    const FULL: f64 = 20.0;

    /// What a success gives back.
    const REFUND: f64 = 0.5;

    /// A full budget.
    #[must_use]
    pub const fn full() -> Self {
        Self { left: Self::FULL }
    }

    /// Takes one retry, if there is one.
    pub fn take(&mut self) -> bool {
        let is_left = self.left >= 1.0;
        if is_left {
            self.left -= 1.0;
        }
        is_left
    }

    /// Gives a part of a retry back after a success.
    pub fn refund(&mut self) {
        self.left = (self.left + Self::REFUND).min(Self::FULL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: RetryPolicy = RetryPolicy { retries: 100 };

    #[test]
    fn pauses_double_up_to_a_bound_and_are_jittered_down_to_zero() {
        let longest = |retries_done| {
            let pause = POLICY.pause(retries_done, None, 1.0);
            pause.expect("a pause").as_millis()
        };
        assert_eq!([0, 1, 2, 3].map(longest), [500, 1000, 2000, 4000]);
        assert_eq!([6, 30, 99].map(longest), [20_000; 3]);
        assert_eq!(POLICY.pause(3, None, 0.0), Some(Duration::ZERO));
    }

    #[test]
    fn waits_as_long_as_the_server_asks_up_to_a_minute() {
        let asked = |seconds| POLICY.pause(0, Some(Duration::from_secs(seconds)), 1.0);
        assert_eq!(asked(7), Some(Duration::from_secs(7)));
        assert_eq!(asked(60), Some(Duration::from_mins(1)));
        assert_eq!(asked(61), None);
    }

    #[test]
    fn stops_after_the_last_retry() {
        let policy = RetryPolicy { retries: 1 };
        assert!(policy.pause(0, None, 0.5).is_some());
        assert!(policy.pause(1, None, 0.5).is_none());
    }

    #[test]
    fn a_server_that_is_down_uses_up_the_budget_and_successes_refill_it() {
        let mut budget = RetryBudget::full();
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

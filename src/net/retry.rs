//! How long to pause before trying again, and how often that is done at all.

use std::cell::Cell;

use crate::js;

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

/// Takes one retry of those that all calls share, if there is one.
pub fn take() -> bool {
    SHARED.with(Budget::take)
}

/// Gives a part of one back, for a success.
pub fn refund() {
    SHARED.with(Budget::refund);
}

/// How long to wait before the `retry`th further try (from 0), in milliseconds, or `None` where there
/// should be none. `asked` is what the server asks for, or NaN.
pub fn pause(asked: f64, retry: u32) -> Option<f64> {
    if asked.is_nan() {
        return Some(back_off(retry, js::random()));
    }
    (asked <= LONGEST_RETRY_AFTER).then_some(asked)
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

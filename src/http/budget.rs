//! The retry budget of this instance of the module.

use std::cell::RefCell;

use super::retry::RetryBudget;

thread_local! {
    static SHARED: RefCell<RetryBudget> = const { RefCell::new(RetryBudget::full()) };
}

/// Takes one retry of those that all calls share, if there is one.
pub fn take() -> bool {
    SHARED.with_borrow_mut(RetryBudget::take)
}

/// Gives a part of one back after a success.
pub fn refund() {
    SHARED.with_borrow_mut(RetryBudget::refund);
}

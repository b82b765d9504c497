//! The faults that no request has met yet.

use std::collections::VecDeque;

use crate::{faults::fault::Fault, route::Route};

/// The faults of a space, in the order in which they were added.
#[derive(Default)]
pub struct FaultQueue(VecDeque<Fault>);

impl FaultQueue {
    /// Adds faults at the end.
    pub fn extend(&mut self, faults: Vec<Fault>) {
        self.0.extend(faults);
    }

    /// Drops all faults.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The faults, in order.
    pub fn to_vec(&self) -> Vec<Fault> {
        self.0.iter().cloned().collect()
    }

    /// The first fault for this request; it is removed once it was met `times` times.
    pub fn next(&mut self, route: Route, token: Option<&str>) -> Option<Fault> {
        let at = self
            .0
            .iter()
            .position(|fault| fault.matches(route, token))?;
        let fault = self.0.get(at)?.clone();
        if !self.0.get_mut(at)?.use_once() {
            self.0.remove(at);
        }
        Some(fault)
    }
}

//! The faults that no request has met yet.

use std::{collections::VecDeque, sync::Arc};

use crate::{
    faults::fault::Fault,
    limits::{Budget, Charge},
    route::Route,
};

/// The faults of a space, in the order in which they were added.
#[derive(Default)]
pub struct FaultQueue(VecDeque<(Fault, Charge)>);

impl FaultQueue {
    /// Adds faults at the end, all or none.
    ///
    /// # Errors
    ///
    /// A sentence when they take more bytes than are left of `budget`.
    pub fn extend(&mut self, faults: Vec<Fault>, budget: &Arc<Budget>) -> Result<(), String> {
        let charged: Option<Vec<_>> = faults
            .into_iter()
            .map(|fault| budget.take(fault.size()).map(|charge| (fault, charge)))
            .collect();
        self.0.extend(charged.ok_or(
            "the faults in the queues are too large: DELETE /__emulator/faults drops those of a space",
        )?);
        Ok(())
    }

    /// Drops all faults.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The faults, in order.
    pub fn to_vec(&self) -> Vec<Fault> {
        self.0.iter().map(|(fault, _)| fault.clone()).collect()
    }

    /// The first fault for this request; it is removed once it was met `times` times.
    pub fn next(&mut self, route: Route, token: Option<&str>) -> Option<Fault> {
        let at = self
            .0
            .iter()
            .position(|(fault, _)| fault.matches(route, token))?;
        let (queued, _) = self.0.get_mut(at)?;
        let fault = queued.clone();
        if !queued.use_once() {
            self.0.remove(at);
        }
        Some(fault)
    }
}

//! Keeps the newest entries of all spaces.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use crate::{
    limits::{Budget, Charge},
    state::space::Space,
};

/// Bounds the entries of one kind in all spaces together, by number and by bytes. The oldest entry
/// is removed first, whichever space it is in.
///
/// No method may be called while a space is locked.
pub struct Retention<K> {
    budget: Arc<Budget>,
    max_entries: usize,
    /// Called to remove the entry `K` from a space that still exists.
    remove: fn(&Space, K),
    queue: Mutex<VecDeque<(Weak<Space>, K)>>,
}

impl<K> Retention<K> {
    /// Keeps at most `max_entries` entries of `max_bytes` in all; `remove` removes one.
    pub fn new(max_entries: usize, max_bytes: u64, remove: fn(&Space, K)) -> Self {
        Self {
            budget: Budget::new(max_bytes),
            max_entries,
            remove,
            queue: Mutex::default(),
        }
    }

    /// Takes `bytes` for a new entry, and removes the oldest ones until they are free; `None` when
    /// no entry is left to remove.
    pub fn reserve(&self, bytes: u64) -> Option<Charge> {
        loop {
            if let Some(charge) = self.budget.take(bytes) {
                return Some(charge);
            }
            if !self.remove_oldest() {
                return None;
            }
        }
    }

    /// Takes `bytes` more for an entry, like [`reserve`](Self::reserve); `false` when no entry is
    /// left to remove.
    pub fn grow(&self, charge: &mut Charge, bytes: u64) -> bool {
        while !charge.add(bytes) {
            if !self.remove_oldest() {
                return false;
            }
        }
        true
    }

    /// Adds an entry of `space`, which now holds it.
    pub fn push(&self, space: &Arc<Space>, key: K) {
        let is_full = {
            let mut queue = self.lock();
            queue.push_back((Arc::downgrade(space), key));
            queue.len() > self.max_entries
        };
        if is_full {
            self.remove_oldest();
        }
    }

    /// Whether there was one.
    fn remove_oldest(&self) -> bool {
        let Some((space, key)) = self.lock().pop_front() else {
            return false;
        };
        if let Some(space) = space.upgrade() {
            (self.remove)(&space, key);
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(Weak<Space>, K)>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

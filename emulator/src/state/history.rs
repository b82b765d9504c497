//! Entries in order, of which the oldest may have been removed.

use std::collections::VecDeque;

/// A list that loses entries at its beginning alone.
pub struct History<T> {
    entries: VecDeque<T>,
    removed: usize,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            removed: 0,
        }
    }
}

impl<T> History<T> {
    /// Adds an entry at the end.
    pub fn push(&mut self, entry: T) {
        self.entries.push_back(entry);
    }

    /// Removes the oldest entry.
    pub fn remove_oldest(&mut self) {
        self.removed += usize::from(self.entries.pop_front().is_some());
    }

    /// The number of entries that were removed.
    pub fn removed(&self) -> usize {
        self.removed
    }

    /// The number of entries that were ever added.
    pub fn total(&self) -> usize {
        self.removed + self.entries.len()
    }

    /// The entries that are left, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.entries.iter()
    }
}

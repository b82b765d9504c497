//! How a new file is made of slices of the old one.

use crate::formats::Format;
use crate::report::Private;
use crate::sparse_file::ParseError;

/// A part of the new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// These bytes of the old one.
    Slice {
        /// Where they begin.
        from: u64,
        /// Where they end.
        to: u64,
    },
    /// New bytes.
    Bytes(Vec<u8>),
    /// This many zero bytes, where offsets must not change.
    Zeros(u64),
}

/// What was done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Change {
    /// Personal metadata was removed.
    MetadataRemoved,
    /// The index (`moov`) was moved before the samples.
    FastStart,
    /// The container was changed.
    Repackaged,
}

/// How to make the new file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Its parts, in order.
    pub pieces: Vec<Piece>,
    /// What it is.
    pub format: Format,
    /// What was changed.
    pub changes: Vec<Change>,
    /// The categories of metadata that were removed.
    pub removed: Vec<Private>,
}

impl Plan {
    /// Most parts of a plan: each is a `Blob.slice` in the browser.
    pub const MOST_PIECES: usize = 4096;

    /// The new file's size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        let sizes = self.pieces.iter().map(|piece| match piece {
            Piece::Slice { from, to } => to.saturating_sub(*from),
            Piece::Bytes(bytes) => bytes.len() as u64,
            Piece::Zeros(count) => *count,
        });
        sizes.fold(0, u64::saturating_add)
    }

    /// Keeps these bytes of the old file, behind those that were kept before.
    pub(crate) fn keep(&mut self, from: u64, to: u64) -> Result<(), ParseError> {
        if from >= to {
            return Ok(());
        }
        if let Some(Piece::Slice { to: end, .. }) = self.pieces.last_mut()
            && *end == from
        {
            *end = to;
            return Ok(());
        }
        self.push(Piece::Slice { from, to })
    }

    /// Adds a part.
    pub(crate) fn push(&mut self, piece: Piece) -> Result<(), ParseError> {
        if self.pieces.len() == Self::MOST_PIECES {
            return Err(ParseError::LimitExceeded);
        }
        self.pieces.push(piece);
        Ok(())
    }

    /// Notes a change, once.
    pub(crate) fn changed(&mut self, change: Change) {
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    /// Notes a removed category, once.
    pub(crate) fn removed(&mut self, what: Private) {
        self.changed(Change::MetadataRemoved);
        if let Err(index) = self.removed.binary_search(&what) {
            self.removed.insert(index, what);
        }
    }

    /// Makes the new file of an old one that is in memory: for tests and fuzzers.
    /// `None` if the plan reaches beyond the old file.
    #[must_use]
    pub fn apply(&self, old: &[u8]) -> Option<Vec<u8>> {
        let mut new = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Slice { from, to } => {
                    let from = usize::try_from(*from).ok()?;
                    new.extend_from_slice(old.get(from..usize::try_from(*to).ok()?)?);
                }
                Piece::Bytes(bytes) => new.extend_from_slice(bytes),
                Piece::Zeros(count) => {
                    // No plan has more zeros than the old file had bytes.
                    let count = usize::try_from(*count).ok().filter(|n| *n <= old.len())?;
                    new.resize(new.len().checked_add(count)?, 0);
                }
            }
        }
        Some(new)
    }
}

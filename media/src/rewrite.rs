//! A file made anew from slices of the old one.

use crate::inspection::{Kind, Private};
use crate::known::{Known, Stop};
use crate::{iso, jpeg, png};

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
    /// As many zeros, in place of bytes that others are counted by.
    Zeros(u64),
}

/// What was done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Change {
    /// What it told of whom it comes from is out.
    MetadataRemoved,
    /// Its index stands in front of its data.
    FastStart,
    /// It is of another container now.
    Repackaged,
}

/// How to make the new file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Its parts, in order.
    pub pieces: Vec<Piece>,
    /// What it is.
    pub format: Kind,
    /// What was done. Nothing means that the old file is as good.
    pub changes: Vec<Change>,
    /// What was taken out.
    pub removed: Vec<Private>,
}

/// How many bytes of an ISO media file are read, at most: its index and the heads
/// of its other boxes.
pub const ISO_MAX_BYTES: u64 = 12 * 1024 * 1024;
const ISO_AHEAD: usize = 4096;

/// How much of a picture is in memory at a time.
const WINDOW: usize = 64 * 1024;

/// A file to be read from its begin to its end. What one window has cut through
/// is read again with the next: twice the file's size is more than it can take.
const fn whole_file(size: u64) -> Known {
    let least = WINDOW as u64;
    Known::new(size, WINDOW, size.saturating_add(least).saturating_mul(2))
}

/// A file that is being made anew; to be run until it does not ask for more.
#[derive(Debug)]
pub enum Rewrite {
    /// A JPEG.
    Jpeg(jpeg::Strip),
    /// A PNG.
    Png(png::Strip),
    /// MP4, M4A, MOV, 3GP.
    Iso(iso::Rewrite),
}

impl Rewrite {
    /// A JPEG of `size` bytes: read once from its begin to its end, since only
    /// that shows where the picture ends and something else begins.
    #[must_use]
    pub fn jpeg(size: u64) -> (Self, Known) {
        (Self::Jpeg(jpeg::Strip::default()), whole_file(size))
    }

    /// A PNG of `size` bytes, read like a JPEG.
    #[must_use]
    pub fn png(size: u64) -> (Self, Known) {
        (Self::Png(png::Strip::default()), whole_file(size))
    }

    /// An ISO media file of `size` bytes, of which only the index is read.
    #[must_use]
    pub fn iso(size: u64, target: iso::Target, keep_metadata: bool) -> (Self, Known) {
        let rewrite = Self::Iso(iso::Rewrite::new(target, keep_metadata));
        (rewrite, Known::new(size, ISO_AHEAD, ISO_MAX_BYTES))
    }

    /// Goes on as far as what is known allows.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn run(&mut self, known: &mut Known) -> Result<Plan, Stop> {
        match self {
            Self::Jpeg(strip) => strip.run(known),
            Self::Png(strip) => strip.run(known),
            Self::Iso(rewrite) => rewrite.run(known),
        }
    }
}

impl Plan {
    /// Most parts of a plan: each becomes a slice of its own for the browser.
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

    /// Keeps these bytes of the old file, beside those that were kept before.
    pub(crate) fn keep(&mut self, from: u64, to: u64) -> Result<(), Stop> {
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
    pub(crate) fn push(&mut self, piece: Piece) -> Result<(), Stop> {
        if self.pieces.len() == Self::MOST_PIECES {
            return Err(Stop::Bound);
        }
        self.pieces.push(piece);
        Ok(())
    }

    /// Notes what was done, once.
    pub(crate) fn did(&mut self, change: Change) {
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    /// Notes what was taken out, once.
    pub(crate) fn took_out(&mut self, what: Private) {
        self.did(Change::MetadataRemoved);
        if let Err(place) = self.removed.binary_search(&what) {
            self.removed.insert(place, what);
        }
    }

    /// The new file, of an old one that is all in memory: for tests and fuzzers.
    /// Nothing where the plan reaches beyond the old file.
    #[must_use]
    pub fn carried_out(&self, old: &[u8]) -> Option<Vec<u8>> {
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

//! Parts of the old file that are overwritten.

use super::header::BoxHeader;
use crate::plan::{Piece, Plan};
use crate::sparse_file::{ParseError, SparseFile};

/// Bytes of the old file that are overwritten: by new ones, and zeros behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where they begin.
    pub from: u64,
    /// Where they end.
    pub to: u64,
    /// The new ones, at most as many.
    pub new: Vec<u8>,
}

impl Edit {
    /// Overwrites with zeros alone.
    pub const fn zeros(from: u64, to: u64) -> Self {
        Self {
            from,
            to,
            new: Vec::new(),
        }
    }

    /// Overwrites a box with free space (ISO/IEC 14496-12, 8.1.2).
    pub fn free(file: &SparseFile, header: &BoxHeader) -> Result<Self, ParseError> {
        let length = usize::try_from(header.body.saturating_sub(header.at)).unwrap_or(8);
        let mut new = file.get(header.at, length)?.to_vec();
        if let Some(name) = new.get_mut(4..8) {
            name.copy_from_slice(b"free");
        }
        Ok(Self {
            from: header.at,
            to: header.end,
            new,
        })
    }
}

/// Edits in order, none of which overlap.
#[derive(Debug, Default)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// Sorts edits. Of those that overlap, the later ones add zeros.
    pub fn of(mut all: Vec<Edit>) -> Self {
        all.sort_by_key(|edit| edit.from);
        let mut edits: Vec<Edit> = Vec::new();
        for edit in all {
            match edits.last_mut() {
                Some(last)
                    if edit.from < last.to || edit.new.is_empty() && edit.from == last.to =>
                {
                    last.to = last.to.max(edit.to);
                }
                _ => edits.push(edit),
            }
        }
        Self(edits)
    }

    /// Keeps a part of the old file, with its edits.
    pub fn keep(&self, plan: &mut Plan, from: u64, to: u64) -> Result<(), ParseError> {
        let first = self.0.partition_point(|edit| edit.to <= from);
        let mut at = from;
        for edit in self.0.iter().skip(first).take_while(|edit| edit.from < to) {
            let (begin, end) = (edit.from.max(from), edit.to.min(to));
            plan.keep(at, begin)?;
            if !edit.new.is_empty() {
                plan.push(Piece::Bytes(edit.new.clone()))?;
            }
            let zeros = end
                .saturating_sub(begin)
                .saturating_sub(edit.new.len() as u64);
            if zeros != 0 {
                plan.push(Piece::Zeros(zeros))?;
            }
            at = end;
        }
        plan.keep(at, to)
    }
}

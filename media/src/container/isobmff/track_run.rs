//! Runs of samples in a fragment: `tfhd` and `trun` (ISO/IEC 14496-12, 8.8.7 and
//! 8.8.8).

use super::header::{BoxHeader, number};
use crate::sparse_file::{ParseError, SparseFile};

/// The header of a track's fragment (8.8.7).
#[derive(Clone, Copy, Debug)]
pub struct TrackFragmentHeader {
    /// The track's id.
    pub id: u32,
    /// The base data offset, if there is one.
    pub base: Option<u64>,
    /// Whether offsets are counted from the beginning of the `moof`.
    pub from_fragment: bool,
    /// The default sample duration.
    pub duration: Option<u32>,
    /// The default sample size, in bytes.
    pub size: Option<u32>,
}

impl TrackFragmentHeader {
    /// Reads a box `tfhd`.
    pub fn read(file: &SparseFile, tfhd: &BoxHeader) -> Result<Self, ParseError> {
        let flags = u32::from_be_bytes(tfhd.array(file, 0)?);
        let mut at = 8_u64;
        let mut field = |flag: u32, width: u64| {
            let offset = at;
            let there = flags & flag != 0;
            at = at.saturating_add(if there { width } else { 0 });
            there.then_some(offset)
        };
        let offsets = [field(1, 8), field(2, 4), field(8, 4), field(0x10, 4)];
        let [base, _, duration, size] = offsets;
        let short = |offset: Option<u64>| match offset {
            Some(offset) => tfhd.array(file, offset).map(u32::from_be_bytes).map(Some),
            None => Ok(None),
        };
        Ok(Self {
            id: u32::from_be_bytes(tfhd.array(file, 4)?),
            base: match base {
                Some(offset) => Some(u64::from_be_bytes(tfhd.array(file, offset)?)),
                None => None,
            },
            from_fragment: flags & 0x2_0000 != 0,
            duration: short(duration)?,
            size: short(size)?,
        })
    }
}

/// A box `trun` (8.8.8).
#[derive(Debug)]
pub struct Run<'a> {
    /// The data offset from the base, if there is one.
    pub offset: Option<i32>,
    flags: u32,
    count: u32,
    rows: &'a [u8],
}

/// A field of each sample in a run, by its flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The sample duration.
    Duration = 0x100,
    /// The sample size.
    Size = 0x200,
}

impl<'a> Run<'a> {
    /// Reads a box `trun`, all of which must be in memory.
    pub fn read(file: &'a SparseFile, trun: &BoxHeader) -> Result<Self, ParseError> {
        const SMALL: ParseError = ParseError::Malformed("a run of samples is too small");
        let (flags, rest) = number(trun.all(file)?).ok_or(SMALL)?;
        let (count, mut rest) = number(rest).ok_or(SMALL)?;
        let mut offset = None;
        if flags & 1 != 0 {
            let (value, after) = number(rest).ok_or(SMALL)?;
            (offset, rest) = (Some(value.cast_signed()), after);
        }
        if flags & 4 != 0 {
            (_, rest) = number(rest).ok_or(SMALL)?;
        }
        let run = Self {
            offset,
            flags,
            count,
            rows: rest,
        };
        let wanted = u64::from(count).saturating_mul(run.row() as u64);
        if wanted > rest.len() as u64 {
            return Err(SMALL);
        }
        Ok(run)
    }

    /// The bytes of a sample's fields: four for each.
    const fn row(&self) -> usize {
        (self.flags & 0xf00).count_ones().saturating_mul(4) as usize
    }

    /// The sum of a field, or of the default for each sample.
    pub fn sum(&self, column: Column, each: u32) -> u64 {
        let flag = column as u32;
        if self.flags & flag == 0 {
            return u64::from(self.count).saturating_mul(each.into());
        }
        let before = (self.flags & 0xf00 & flag.wrapping_sub(1)).count_ones();
        let offset = before.saturating_mul(4) as usize;
        let rows = self.rows.chunks_exact(self.row().max(1));
        rows.take(self.count as usize)
            .filter_map(|row| number(row.get(offset..)?))
            .fold(0, |sum, (value, _)| sum.saturating_add(value.into()))
    }
}

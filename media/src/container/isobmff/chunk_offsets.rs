//! Chunk offsets (ISO/IEC 14496-12, 8.7.5), and their new values when samples move.

use super::header::{BoxHeader, number};
use crate::sparse_file::{ParseError, SparseFile};

/// A table `stco` or `co64` in an index that is being written.
#[derive(Debug)]
pub struct ChunkOffsetTable {
    at: usize,
    count: usize,
    wide: bool,
}

/// The offsets in a box `stco` or `co64`, and the bytes of each.
pub fn read_table<'a>(
    file: &'a SparseFile,
    header: &BoxHeader,
) -> Result<(&'a [u8], usize), ParseError> {
    const SMALL: ParseError = ParseError::Malformed("a table of chunk offsets is too small");
    let width = if header.kind == *b"co64" { 8 } else { 4 };
    let body = header.all(file)?.get(4..).ok_or(SMALL)?;
    let (count, rest) = number(body).ok_or(SMALL)?;
    let length = (count as usize).checked_mul(width).ok_or(SMALL)?;
    Ok((rest.get(..length).ok_or(SMALL)?, width))
}

/// An offset of four or eight bytes.
pub fn read_offset(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Writes a table as it was, or with eight bytes for each offset if `wide`.
pub fn write_table(
    file: &SparseFile,
    header: &BoxHeader,
    wide: bool,
    out: &mut Vec<u8>,
) -> Result<ChunkOffsetTable, ParseError> {
    let (old, width) = read_table(file, header)?;
    let wide = wide || width == 8;
    let count = old.len().checked_div(width).unwrap_or_default();
    let length = count.saturating_mul(if wide { 8 } else { 4 });
    let size = u32::try_from(length.saturating_add(16)).map_err(|_| ParseError::LimitExceeded)?;
    out.extend_from_slice(&size.to_be_bytes());
    out.extend_from_slice(if wide { b"co64" } else { b"stco" });
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
    let at = out.len();
    if wide {
        for bytes in old.chunks_exact(width) {
            out.extend_from_slice(&read_offset(bytes).to_be_bytes());
        }
    } else {
        out.extend_from_slice(old);
    }
    Ok(ChunkOffsetTable { at, count, wide })
}

/// Ranges of the old file in order, with their new offsets.
#[derive(Debug)]
pub struct OffsetMap(Vec<(u64, u64, u64)>);

impl OffsetMap {
    /// Boxes that are kept, one behind the other from the offset `to` on.
    pub fn of(boxes: &[BoxHeader], mut to: u64) -> Self {
        let moved = |header: &BoxHeader| {
            let new = to.saturating_add(header.body.saturating_sub(header.at));
            to = to.saturating_add(header.end.saturating_sub(header.at));
            (header.body, header.end, new)
        };
        Self(boxes.iter().map(moved).collect())
    }

    fn moved(&self, old: u64) -> Option<u64> {
        let after = self.0.partition_point(|(from, ..)| *from <= old);
        let (from, to, new) = self.0.get(after.checked_sub(1)?)?;
        // A chunk without samples may be at the very end.
        (old <= *to).then(|| new.saturating_add(old.saturating_sub(*from)))
    }

    /// Writes the new offsets over the old ones. `false` if one of them needs more
    /// bytes than it has.
    pub fn patch(&self, bytes: &mut [u8], tables: &[ChunkOffsetTable]) -> Result<bool, ParseError> {
        for table in tables {
            let width = if table.wide { 8 } else { 4 };
            let all = bytes.get_mut(table.at..).unwrap_or_default();
            for slot in all.chunks_exact_mut(width).take(table.count) {
                let new = self.moved(read_offset(slot)).ok_or(ParseError::Malformed(
                    "its index names an offset without data",
                ))?;
                if table.wide {
                    slot.copy_from_slice(&new.to_be_bytes());
                } else {
                    let Ok(new) = u32::try_from(new) else {
                        return Ok(false);
                    };
                    slot.copy_from_slice(&new.to_be_bytes());
                }
            }
        }
        Ok(true)
    }
}

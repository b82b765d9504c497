//! Where the samples of a track are, by its sample tables.

use super::boxes::{Head, number};
use super::edits::Edit;
use super::offsets::{place, places};
use crate::known::{Known, Stop};

/// More chunks than any track has that is neither picture nor sound.
const MOST_CHUNKS: usize = 0x10000;

/// Adds zeros in place of all chunks of a track.
///
/// # Errors
///
/// Any [`Stop`].
pub fn blank(known: &Known, stbl: &Head, edits: &mut Vec<Edit>) -> Result<(), Stop> {
    let offsets = match stbl.find(known, *b"stco")? {
        Some(stco) => Some(stco),
        None => stbl.find(known, *b"co64")?,
    };
    let (Some(offsets), Some(stsc)) = (offsets, stbl.find(known, *b"stsc")?) else {
        return Ok(());
    };
    let (offsets, width) = places(known, &offsets)?;
    let mut sizes = Sizes::of(known, stbl)?;
    let (mut runs, _) = stsc
        .all(known)?
        .get(8..)
        .unwrap_or_default()
        .as_chunks::<12>();
    let mut samples = 0;
    for (chunk, offset) in (1_u64..).zip(offsets.chunks_exact(width)) {
        if let [run, rest @ ..] = runs
            && let Some((first, per_chunk)) = number(run)
            && u64::from(first) == chunk
        {
            samples = number(per_chunk).map_or(0, |(samples, _)| samples);
            runs = rest;
        }
        let from = place(offset);
        let to = from.saturating_add(sizes.next(samples));
        let full = edits.len() == MOST_CHUNKS;
        match edits.last_mut() {
            Some(last) if last.to == from => last.to = to,
            _ if full => return Err(Stop::Bound),
            _ => edits.push(Edit::zeros(from, to)),
        }
    }
    Ok(())
}

/// The sizes of a track's samples.
struct Sizes<'a> {
    /// The size of all of them, or zero.
    each: u32,
    left: u32,
    table: &'a [[u8; 4]],
}

impl<'a> Sizes<'a> {
    fn of(known: &'a Known, stbl: &Head) -> Result<Self, Stop> {
        const MISSING: Stop = Stop::Malformed("the sizes of samples cannot be read");
        let stsz = stbl.find(known, *b"stsz")?.ok_or(MISSING)?;
        let body = stsz.all(known)?.get(4..).ok_or(MISSING)?;
        let (each, rest) = number(body).ok_or(MISSING)?;
        let (left, rest) = number(rest).ok_or(MISSING)?;
        let (table, _) = rest.as_chunks();
        Ok(Self { each, left, table })
    }

    /// The bytes that so many more samples have.
    fn next(&mut self, samples: u32) -> u64 {
        let samples = samples.min(self.left);
        self.left = self.left.saturating_sub(samples);
        if self.each != 0 {
            return u64::from(self.each).saturating_mul(samples.into());
        }
        let here = (samples as usize).min(self.table.len());
        let (here, rest) = self.table.split_at(here);
        self.table = rest;
        let sizes = here.iter().map(|size| u32::from_be_bytes(*size).into());
        sizes.fold(0, u64::saturating_add)
    }
}

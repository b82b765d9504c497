//! Where the samples of a track are, by its sample tables (ISO/IEC 14496-12, 8.7).

use super::chunk_offsets::{read_offset, read_table};
use super::edits::Edit;
use super::header::{BoxHeader, number};
use super::track::MovieTrack;
use crate::sparse_file::{ParseError, SparseFile};

/// More chunks than any track has that is neither video nor audio.
const MOST_CHUNKS: usize = 0x10000;

/// Adds edits that overwrite all chunks of a track with zeros.
pub fn blank(file: &SparseFile, stbl: &BoxHeader, edits: &mut Vec<Edit>) -> Result<(), ParseError> {
    let offsets = match stbl.find(file, *b"stco")? {
        Some(stco) => Some(stco),
        None => stbl.find(file, *b"co64")?,
    };
    let (Some(offsets), Some(stsc)) = (offsets, stbl.find(file, *b"stsc")?) else {
        return Ok(());
    };
    let (offsets, width) = read_table(file, &offsets)?;
    let mut sizes = Sizes::of(file, stbl)?;
    let (mut runs, _) = stsc
        .all(file)?
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
        let from = read_offset(offset);
        let to = from.saturating_add(sizes.next(samples));
        let full = edits.len() == MOST_CHUNKS;
        match edits.last_mut() {
            Some(last) if last.to == from => last.to = to,
            _ if full => return Err(ParseError::LimitExceeded),
            _ => edits.push(Edit::zeros(from, to)),
        }
    }
    Ok(())
}

/// The sizes of a track's samples (8.7.3).
struct Sizes<'a> {
    /// The size of each, or zero if they differ.
    each: u32,
    left: u32,
    table: &'a [[u8; 4]],
}

impl<'a> Sizes<'a> {
    fn of(file: &'a SparseFile, stbl: &BoxHeader) -> Result<Self, ParseError> {
        const MISSING: ParseError = ParseError::Malformed("the sizes of samples cannot be read");
        let stsz = stbl.find(file, *b"stsz")?.ok_or(MISSING)?;
        let body = stsz.all(file)?.get(4..).ok_or(MISSING)?;
        let (each, rest) = number(body).ok_or(MISSING)?;
        let (left, rest) = number(rest).ok_or(MISSING)?;
        let (table, _) = rest.as_chunks();
        Ok(Self { each, left, table })
    }

    /// The bytes of the next `samples` samples.
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

/// Whether the samples of all tracks are in the file. Where the tables of one do not tell cheaply where its
/// samples end, `unless_known` counts.
///
/// # Errors
///
/// `Truncated` if some are not.
pub fn check_samples(
    file: &SparseFile,
    tracks: &[MovieTrack],
    unless_known: bool,
) -> Result<(), ParseError> {
    for track in tracks.iter().filter(|track| track.plays()) {
        let Some(stbl) = &track.stbl else { continue };
        let end = last_chunk_end(file, stbl)?;
        if !end.map_or(unless_known, |end| end <= file.size()) {
            return Err(ParseError::Truncated);
        }
    }
    Ok(())
}

/// Where the last chunk of a track ends, by the last entries of its sample tables
/// (ISO/IEC 14496-12, 8.7.3 to 8.7.5): `None` if they do not tell it. Little is
/// read, however many samples there are.
fn last_chunk_end(file: &SparseFile, stbl: &BoxHeader) -> Result<Option<u64>, ParseError> {
    const MOST_SAMPLES: u32 = 4096;
    let offsets = match stbl.find(file, *b"stco")? {
        Some(stco) => Some((stco, 4_u64)),
        None => stbl.find(file, *b"co64")?.map(|co64| (co64, 8)),
    };
    let (Some((offsets, width)), Some(runs_box), Some(sizes_box)) = (
        offsets,
        stbl.find(file, *b"stsc")?,
        stbl.find(file, *b"stsz")?,
    ) else {
        return Ok(None);
    };
    let count = |table: &BoxHeader, at| table.array(file, at).map(u32::from_be_bytes);
    let last = |count: u32, width: u64, head: u64| {
        let before = u64::from(count.saturating_sub(1));
        head.saturating_add(before.saturating_mul(width))
    };
    let (chunks, runs, samples) = (
        count(&offsets, 4)?,
        count(&runs_box, 4)?,
        count(&sizes_box, 8)?,
    );
    if chunks == 0 || runs == 0 || samples == 0 {
        return Ok(None);
    }
    let at = last(chunks, width, 8);
    let start = if width == 8 {
        u64::from_be_bytes(offsets.array(file, at)?)
    } else {
        count(&offsets, at)?.into()
    };
    let per_chunk = count(&runs_box, last(runs, 12, 8).saturating_add(4))?.min(samples);
    let each = count(&sizes_box, 4)?;
    if each != 0 {
        let bytes = u64::from(each).saturating_mul(per_chunk.into());
        return Ok(Some(start.saturating_add(bytes)));
    }
    if per_chunk == 0 || per_chunk > MOST_SAMPLES {
        return Ok(None);
    }
    let first = last(samples.saturating_sub(per_chunk).saturating_add(1), 4, 12);
    let from = sizes_box.body.saturating_add(first);
    let length = usize::try_from(per_chunk)
        .unwrap_or_default()
        .saturating_mul(4);
    let sizes = file.get(from, length)?.as_chunks().0.iter();
    let sizes = sizes.map(|size| u64::from(u32::from_be_bytes(*size)));
    Ok(Some(sizes.fold(start, u64::saturating_add)))
}

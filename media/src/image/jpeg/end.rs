//! Where the picture of a JPEG ends, and whether any of it is missing.
//!
//! Most files end with EOI, or have one before what was appended. Only where
//! there is none, the entropy-coded data are decoded to see where they end.

use super::entropy::{Decoder, Outcome};
use super::segment::{EOI, is_entropy_coded};
use crate::bytes::find;
use crate::sparse_file::{ParseError, SparseFile};

/// How many of the last bytes are searched for EOI.
pub(crate) const TAIL_BYTES: usize = 4096;

/// How a JPEG ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With EOI, and nothing behind it.
    Eoi,
    /// With EOI, or so it seems; something lies behind it.
    Trailing,
    /// With the last byte of the picture at this offset, without EOI.
    WithoutEoi(u64),
    /// Within the picture: a decoder would miss something.
    Cut,
}

/// The search for a JPEG's end. It keeps its position between calls.
#[derive(Debug, Default)]
pub(crate) struct EndFinder {
    decoder: Option<Box<Decoder>>,
}

impl EndFinder {
    /// How the file ends. `scan` is the offset of its first entropy-coded data.
    /// As long as the last bytes tell, no others are read.
    pub(crate) fn find(&mut self, file: &SparseFile, scan: u64) -> Result<Ending, ParseError> {
        if self.decoder.is_none()
            && let Some(ending) = by_tail(file, scan)?
        {
            return Ok(ending);
        }
        self.decode(file)
    }

    /// The offset before which it needs no more bytes.
    pub(crate) fn position(&self) -> u64 {
        self.decoder
            .as_ref()
            .map_or(0, |decoder| decoder.position())
    }

    /// As [`EndFinder::find`], whatever the last bytes look like.
    pub(crate) fn decode(&mut self, file: &SparseFile) -> Result<Ending, ParseError> {
        let decoder = match &mut self.decoder {
            Some(decoder) => decoder,
            none => {
                let limit = samsung_trailer(file)?.unwrap_or(file.size());
                none.insert(Box::new(Decoder::new(limit)))
            }
        };
        Ok(match decoder.run(file)? {
            Outcome::Eoi(end) if end == file.size() => Ending::Eoi,
            Outcome::Eoi(_) => Ending::Trailing,
            Outcome::WithoutEoi(end) => Ending::WithoutEoi(end),
            Outcome::Cut => Ending::Cut,
        })
    }
}

/// Whether the last bytes are surely entropy-coded data: of these, every 256th is
/// FF on average, and zeros are no more frequent than others. It serves where
/// there are too many bytes to decode.
pub(crate) fn looks_cut(file: &SparseFile, scan: u64) -> Result<bool, ParseError> {
    const ENOUGH: usize = 4;
    let (_, tail) = file.tail(TAIL_BYTES.min(length_from(file, scan)))?;
    let count = |fits: fn(&[u8]) -> bool| tail.windows(2).filter(|pair| fits(pair)).count();
    let zeros = count(|pair| matches!(pair, [..=0xfe, 0]));
    let escapes = count(|pair| matches!(pair, [0xff, _]));
    Ok(is_data(tail) && escapes >= ENOUGH && zeros < tail.len() / 16)
}

/// What the last bytes tell.
fn by_tail(file: &SparseFile, scan: u64) -> Result<Option<Ending>, ParseError> {
    let (_, tail) = file.tail(TAIL_BYTES.min(length_from(file, scan)))?;
    Ok(ending_of(tail))
}

/// Whether the last [`TAIL_BYTES`] of a file of `size` bytes show that its picture is
/// not cut.
pub(crate) fn shows_end(tail: &[u8], size: u64) -> bool {
    /// A thumbnail in the header has an EOI, too: a file of more bytes ends behind
    /// its header.
    const LONGEST_HEADER: u64 = 128 * 1024;
    let mut file = SparseFile::new(size, 0, 0);
    file.add(size.saturating_sub(tail.len() as u64), tail.to_vec());
    if let Ok(Some(trailer)) = samsung_trailer(&file) {
        return file.array(trailer.saturating_sub(2)) == Ok([0xff, EOI]);
    }
    let has_trailer = size > LONGEST_HEADER && ending_of(tail) == Some(Ending::Trailing);
    tail.ends_with(&[0xff, EOI]) || has_trailer
}

/// What the last [`TAIL_BYTES`] tell. `None` if they may be entropy-coded data.
fn ending_of(tail: &[u8]) -> Option<Ending> {
    if tail.ends_with(b"SEFT") {
        return None;
    }
    match find(tail, &[0xff, EOI]) {
        Some(at) if at.saturating_add(2) == tail.len() => Some(Ending::Eoi),
        None if tail.len() < TAIL_BYTES || is_data(tail) => None,
        _ => Some(Ending::Trailing),
    }
}

fn length_from(file: &SparseFile, scan: u64) -> usize {
    usize::try_from(file.size().saturating_sub(scan)).unwrap_or(usize::MAX)
}

/// Whether these may be entropy-coded data: no marker but those that such data
/// have, or that stand between scans (DHT, SOS).
fn is_data(bytes: &[u8]) -> bool {
    let fits = |code| is_entropy_coded(code) || matches!(code, 0xc4 | 0xda);
    let mut pairs = bytes.windows(2);
    pairs.all(|pair| !matches!(pair, [0xff, code] if !fits(*code)))
}

/// The offset of a trailer that Samsung's cameras append: blocks, then a
/// directory `SEFH` with their distances from it, its length, and `SEFT`
/// (`ExifTool`'s description of the format).
pub(crate) fn samsung_trailer(file: &SparseFile) -> Result<Option<u64>, ParseError> {
    const ENTRY: usize = 12;
    const LONGEST: u32 = 64 * 1024;
    let Some(end) = file.size().checked_sub(8) else {
        return Ok(None);
    };
    let [a, b, c, d, mark @ ..] = file.array::<8>(end)?;
    let length = u32::from_le_bytes([a, b, c, d]);
    if &mark != b"SEFT" || !(12..=LONGEST).contains(&length) {
        return Ok(None);
    }
    let Some(directory) = end.checked_sub(length.into()) else {
        return Ok(None);
    };
    let bytes = file.get(directory, usize::try_from(length).unwrap_or_default())?;
    let Some(entries) = bytes.strip_prefix(b"SEFH").and_then(|rest| rest.get(8..)) else {
        return Ok(None);
    };
    let distance = |entry: &[u8]| entry.get(4..8)?.first_chunk().copied();
    let distances = entries.chunks_exact(ENTRY).filter_map(distance);
    let farthest = distances.map(u32::from_le_bytes).max().unwrap_or_default();
    Ok(directory.checked_sub(farthest.into()))
}

//! What a PNG is: by its chunks, as far as they may be read, and by its tail.

use super::chunk::{AROUND, Chunk, FIRST};
use crate::inspection::{Inspection, Kind, Private};
use crate::known::{Known, Stop};

/// Most chunks that are looked at.
const MOST_CHUNKS: usize = 1024;

/// An `IEND`, which has no data.
const END: [u8; 12] = *b"\0\0\0\0IEND\xaeB`\x82";

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Png;
    // Looked at first: there may be no allowance left for it later.
    let end = known.size().saturating_sub(AROUND);
    let ends_well = known.array(end)? == END;
    match chunks(known, found) {
        Err(Stop::Bound) if !ends_well => Err(Stop::Truncated),
        outcome => outcome,
    }
}

fn chunks(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    let mut at = FIRST;
    for _ in 0..MOST_CHUNKS {
        let chunk = Chunk::open(known, at)?;
        at = chunk.to;
        match &chunk.kind {
            b"IHDR" => header(known, &chunk, found)?,
            b"tRNS" => found.alpha = true,
            b"acTL" => found.animated = true,
            b"eXIf" => found.has_exif(chunk.exif(known)?),
            b"IEND" => {
                if at < known.size() {
                    found.tells(Private::Trailing);
                }
                return Ok(());
            }
            _ if chunk.is_needed() => {}
            _ => found.tells_all(chunk.told(known)?),
        }
    }
    Err(Stop::Bound)
}

fn header(known: &Known, chunk: &Chunk, found: &mut Inspection) -> Result<(), Stop> {
    let behind = |bytes| chunk.data.saturating_add(bytes);
    found.width = Some(u32::from_be_bytes(known.array(chunk.data)?));
    found.height = Some(u32::from_be_bytes(known.array(behind(4))?));
    let [colour] = known.array(behind(9))?;
    found.alpha |= matches!(colour, 4 | 6);
    Ok(())
}

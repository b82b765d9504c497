//! WebP.

use crate::exif;
use crate::inspection::{Inspection, Kind, Private};
use crate::known::{Known, Stop};

/// Most chunks that are looked at.
const MOST_CHUNKS: usize = 1024;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::WebP;
    let riff = u32::from_le_bytes(known.array(4)?);
    let end = u64::from(riff).saturating_add(8);
    chunks(known, end.min(known.size()), found)?;
    if end > known.size() {
        return Err(Stop::Truncated);
    }
    // A chunk of odd length is padded, the outermost too.
    if end.next_multiple_of(2) < known.size() {
        found.tells(Private::Trailing);
    }
    Ok(())
}

fn chunks(known: &Known, end: u64, found: &mut Inspection) -> Result<(), Stop> {
    let mut at = 12_u64;
    for _ in 0..MOST_CHUNKS {
        if at >= end {
            return Ok(());
        }
        let [a, b, c, d, length @ ..] = known.array::<8>(at)?;
        let data = at.saturating_add(8);
        let to = data.saturating_add(u32::from_le_bytes(length).into());
        if to > known.size() {
            return Err(Stop::Truncated);
        }
        chunk(known, [a, b, c, d], data, to, found)?;
        at = to.saturating_add(to % 2);
    }
    Err(Stop::Bound)
}

fn chunk(
    known: &Known,
    kind: [u8; 4],
    data: u64,
    to: u64,
    found: &mut Inspection,
) -> Result<(), Stop> {
    match &kind {
        b"VP8X" => extended(known, data, found)?,
        b"VP8 " => lossy(known.array(data)?, found)?,
        b"VP8L" => lossless(known.array(data)?, found)?,
        b"ALPH" => found.alpha = true,
        b"ANMF" => found.animated = true,
        b"ANIM" | b"ICCP" => {}
        b"EXIF" => {
            // Some write the name that JPEG puts before it.
            let behind = data.saturating_add(6);
            let named = behind <= to && known.array(data)? == *b"Exif\0\0";
            let tiff = if named { behind } else { data };
            found.has_exif(exif::read(known, tiff, to)?);
        }
        b"XMP " => found.tells_all(exif::told_by_xmp(known, data, to)?),
        _ => found.tells(Private::Other),
    }
    Ok(())
}

/// Its flags, three bytes of nothing, and the canvas' sizes less one.
fn extended(known: &Known, data: u64, found: &mut Inspection) -> Result<(), Stop> {
    let size = |at: u64| -> Result<u32, Stop> {
        let [a, b, c] = known.array(data.saturating_add(at))?;
        Ok(u32::from_le_bytes([a, b, c, 0]).saturating_add(1))
    };
    let [flags] = known.array(data)?;
    found.animated = flags & 2 != 0;
    found.alpha = flags & 0x10 != 0;
    found.width = Some(size(4)?);
    found.height = Some(size(7)?);
    Ok(())
}

/// A frame with loss: its mark, and sizes of 14 bits below those of a scale.
fn lossy(head: [u8; 10], found: &mut Inspection) -> Result<(), Stop> {
    let [_, _, _, 0x9d, 0x01, 0x2a, w, x, h, y] = head else {
        return Err(Stop::Malformed("a WebP frame without its mark"));
    };
    let size = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3fff);
    found.width = found.width.or(Some(size([w, x])));
    found.height = found.height.or(Some(size([h, y])));
    Ok(())
}

/// A frame without loss: its mark, sizes less one in 14 bits each, and a bit for
/// transparency.
fn lossless(head: [u8; 5], found: &mut Inspection) -> Result<(), Stop> {
    let [0x2f, a, b, c, d] = head else {
        return Err(Stop::Malformed("a WebP frame without its mark"));
    };
    let bits = u32::from_le_bytes([a, b, c, d]);
    let size = |bits: u32| (bits & 0x3fff).saturating_add(1);
    found.width = found.width.or(Some(size(bits)));
    found.height = found.height.or(Some(size(bits >> 14)));
    found.alpha |= bits >> 28 & 1 == 1;
    Ok(())
}

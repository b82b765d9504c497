//! ID3 tags, in front of the sound and behind it.

use crate::inspection::{Inspection, Private};
use crate::known::{Known, Stop};

/// More frames than taggers write.
const MOST_FRAMES: u32 = 128;

/// Looks into the tag in front, and tells where it ends; 0 where there is none.
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<u64, Stop> {
    let [b'I', b'D', b'3', version, _, flags, size @ ..] = known.array::<10>(0)? else {
        return Ok(0);
    };
    let frames_end = u64::from(seven_bits(size)).saturating_add(10);
    let footer = if flags & 0x10 != 0 { 10 } else { 0 };
    let end = frames_end.saturating_add(footer);
    if end > known.size() {
        return Err(Stop::Truncated);
    }
    let extended = if flags & 0x40 != 0 {
        extended_header(known, version)?
    } else {
        0
    };
    let first = extended.saturating_add(10);
    frames(known, first, frames_end, version, found)?;
    Ok(end)
}

/// Four bytes of which each has seven bits, so that none looks like a frame of sound.
fn seven_bits(bytes: [u8; 4]) -> u32 {
    bytes
        .into_iter()
        .fold(0, |sum, byte| sum << 7 | u32::from(byte & 0x7f))
}

fn extended_header(known: &Known, version: u8) -> Result<u64, Stop> {
    let size = known.array(10)?;
    Ok(match version {
        3 => u64::from(u32::from_be_bytes(size)).saturating_add(4),
        4 => u64::from(seven_bits(size)),
        _ => 0,
    })
}

fn frames(
    known: &Known,
    mut at: u64,
    end: u64,
    version: u8,
    found: &mut Inspection,
) -> Result<(), Stop> {
    let head = if version == 2 { 6 } else { 10 };
    for _ in 0..MOST_FRAMES {
        let body = at.saturating_add(head as u64);
        if body > end {
            return Ok(());
        }
        let (name, size) = match (version, known.get(at, head)?) {
            // What is left is padding.
            (_, [0, ..]) => return Ok(()),
            (2, [name @ .., high, middle, low]) => {
                (name, u32::from_be_bytes([0, *high, *middle, *low]))
            }
            (4, [name @ .., s0, s1, s2, s3, _, _]) => (name, seven_bits([*s0, *s1, *s2, *s3])),
            (_, [name @ .., s0, s1, s2, s3, _, _]) => {
                (name, u32::from_be_bytes([*s0, *s1, *s2, *s3]))
            }
            _ => return Ok(()),
        };
        note(name, found);
        at = body.saturating_add(u64::from(size));
    }
    Ok(())
}

fn note(name: &[u8], found: &mut Inspection) {
    found.tells(match name {
        b"APIC" | b"PIC" => Private::Thumbnail,
        b"TSSE" | b"TENC" | b"TSS" | b"TEN" => Private::Device,
        b"TDRC" | b"TDEN" | b"TDTG" | b"TYER" | b"TDAT" | b"TIME" | b"TYE" => Private::Time,
        [b'T' | b'W', ..] | b"COMM" | b"COM" | b"USLT" | b"ULT" | b"SYLT" => Private::Text,
        _ => Private::Other,
    });
}

/// Where the tags behind the sound begin, of which nothing more is told than that they are there.
pub fn end_of_sound(known: &Known, found: &mut Inspection) -> Result<u64, Stop> {
    const ID3V1: usize = 128;
    const APE_FOOTER: usize = 32;
    let (at, mut tail) = known.tail(ID3V1.saturating_add(APE_FOOTER))?;
    let mut end = known.size();
    if let Some((before, tag)) = tail.split_last_chunk::<ID3V1>()
        && tag.starts_with(b"TAG")
    {
        found.tells(Private::Text);
        tail = before;
        end = at.saturating_add(before.len() as u64);
    }
    if let Some((_, footer)) = tail.split_last_chunk::<APE_FOOTER>()
        && let [
            b'A',
            b'P',
            b'E',
            b'T',
            b'A',
            b'G',
            b'E',
            b'X',
            _,
            _,
            _,
            _,
            size @ ..,
        ] = footer
        && let Some(size) = size.first_chunk()
    {
        found.tells(Private::Text);
        end = end.saturating_sub(u64::from(u32::from_le_bytes(*size)));
    }
    Ok(end)
}

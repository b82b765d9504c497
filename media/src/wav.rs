//! WAV: chunks, of which `fmt ` says how the sound is stored and `data` how long it is.

use crate::inspection::{Inspection, Kind, Private, TrackKind, seconds};
use crate::known::{Known, Stop};

/// More chunks than any recorder writes.
const MOST_CHUNKS: u32 = 64;

/// What is left as a size by a writer that could not go back to it.
const NEVER_SET: u32 = u32::MAX;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Wav;
    let said = u32::from_le_bytes(known.array(4)?);
    let streamed = said == 0 || said == NEVER_SET;
    let end = if streamed {
        known.size()
    } else {
        u64::from(said).saturating_add(8)
    };
    found.truncated = end > known.size();
    // The last chunk may have a byte of padding that the size leaves out.
    if known.size() > end.saturating_add(1) {
        found.tells(Private::Trailing);
    }
    chunks(known, end, streamed, found)
}

fn chunks(known: &Known, end: u64, streamed: bool, found: &mut Inspection) -> Result<(), Stop> {
    let mut bytes_a_second = 0;
    let mut at = 12;
    for _ in 0..MOST_CHUNKS {
        let Some((id, length)) = chunk(known, at, end.min(known.size()))? else {
            return Ok(());
        };
        let body = at.saturating_add(8);
        let to = body.saturating_add(u64::from(length));
        match &id {
            b"fmt " => bytes_a_second = sound(known, body, found)?,
            b"data" => {
                let unset = length == NEVER_SET || (streamed && length == 0);
                let to = if unset { known.size() } else { to };
                found.truncated |= to > known.size();
                let there = to.min(known.size()).saturating_sub(body);
                found.duration = seconds(there, u64::from(bytes_a_second));
                if unset {
                    return Ok(());
                }
            }
            b"LIST" if known.array(body)? == *b"INFO" => {
                info(known, body.saturating_add(4), to, found)?;
            }
            b"bext" | b"iXML" => {
                found.tells(Private::Text);
                found.tells(Private::Device);
            }
            b"_PMX" => found.tells(Private::Xmp),
            b"id3 " | b"ID3 " => found.tells(Private::Text),
            _ => {}
        }
        at = to.saturating_add(to & 1);
    }
    Err(Stop::Bound)
}

/// The name and length of the chunk at `at`, or nothing where there is no room for one.
fn chunk(known: &Known, at: u64, end: u64) -> Result<Option<([u8; 4], u32)>, Stop> {
    if at.saturating_add(8) > end {
        return Ok(None);
    }
    let length = known.array(at.saturating_add(4))?;
    Ok(Some((known.array(at)?, u32::from_le_bytes(length))))
}

/// Notes the codec, and tells how many bytes make a second.
fn sound(known: &Known, at: u64, found: &mut Inspection) -> Result<u32, Stop> {
    const EXTENSIBLE: u16 = 0xfffe;
    let mut tag = u16::from_le_bytes(known.array(at)?);
    if tag == EXTENSIBLE {
        tag = u16::from_le_bytes(known.array(at.saturating_add(24))?);
    }
    let codec: &[u8] = match tag {
        1 => b"pcm",
        2 | 0x11 => b"adpcm",
        3 => b"float",
        6 => b"alaw",
        7 => b"ulaw",
        0x31 => b"gsm",
        0x55 => b"mp3",
        _ => b"unknown",
    };
    found.has_track(TrackKind::Audio, codec);
    Ok(u32::from_le_bytes(known.array(at.saturating_add(8))?))
}

fn info(known: &Known, mut at: u64, end: u64, found: &mut Inspection) -> Result<(), Stop> {
    for _ in 0..MOST_CHUNKS {
        let Some((id, length)) = chunk(known, at, end)? else {
            return Ok(());
        };
        found.tells(match &id {
            b"ISFT" | b"ITCH" => Private::Device,
            b"ICRD" | b"IDIT" => Private::Time,
            _ => Private::Text,
        });
        at = at.saturating_add(8).saturating_add(u64::from(length));
        at = at.saturating_add(at & 1);
    }
    Err(Stop::Bound)
}

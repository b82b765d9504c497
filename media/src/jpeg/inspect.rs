//! What a JPEG is: by its segments up to the first scan, and by its tail.

use super::segment::{END, NEAR, Role, Segment, next_marker};
use super::tail::{has_other_markers, runs_on};
use crate::exif;
use crate::inspection::{Inspection, Kind, Private};
use crate::known::{Known, Stop};

/// Most segments and stray bits before the first scan.
const MOST_STEPS: usize = 1024;

/// How many of the last bytes are looked at.
const TAIL: u64 = 4096;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Jpeg;
    let scan = header(known, found)?;
    tail(known, scan, found)
}

/// Goes through the segments, and says where the first scan's data begins.
fn header(known: &Known, found: &mut Inspection) -> Result<u64, Stop> {
    let mut at = 2;
    for _ in 0..MOST_STEPS {
        let seen = next_marker(known, at, NEAR)?;
        if seen.stray {
            found.tells(Private::Other);
        }
        let marker = at.saturating_add(seen.skipped);
        at = match seen.marker {
            None => marker,
            Some(END) => return Err(Stop::Malformed("a JPEG without a picture")),
            Some(code) => {
                let segment = Segment::open(known, at, marker, code)?;
                if note(known, &segment, found)? {
                    return Ok(segment.to);
                }
                segment.to
            }
        };
    }
    Err(Stop::Bound)
}

/// Notes what a segment says. Whether it is the begin of a scan.
fn note(known: &Known, segment: &Segment, found: &mut Inspection) -> Result<bool, Stop> {
    match segment.role(known)? {
        Role::Frame => frame(known, segment, found)?,
        Role::Scan if found.width.is_none() => {
            return Err(Stop::Malformed("a JPEG scan without a frame"));
        }
        Role::Scan => return Ok(true),
        Role::Needed | Role::Jfif { thumbnail: false } => {}
        Role::Jfif { thumbnail: true } => found.tells(Private::Thumbnail),
        Role::Exif(from) => found.has_exif(exif::read(known, from, segment.to)?),
        Role::Xmp(from) => found.tells_all(exif::told_by_xmp(known, from, segment.to)?),
        Role::Private(what) => found.tells(what),
    }
    Ok(false)
}

/// A height of 0 is told only behind the first scan.
fn frame(known: &Known, segment: &Segment, found: &mut Inspection) -> Result<(), Stop> {
    let [_, h, i, w, x] = known.array(segment.payload)?;
    let height = u16::from_be_bytes([h, i]);
    let width = u16::from_be_bytes([w, x]);
    if found.width.is_none() {
        found.width = Some(width.into());
        found.height = Some(height.into()).filter(|height| *height > 0);
    }
    Ok(())
}

/// Looks for the end where it should be. What lies behind it may be anything,
/// so only what is surely a scan's data makes the file a truncated one.
fn tail(known: &Known, scan: u64, found: &mut Inspection) -> Result<(), Stop> {
    let from = known.size().saturating_sub(TAIL).max(scan);
    let length = known.size().saturating_sub(from);
    let tail = known.get(from, usize::try_from(length).unwrap_or_default())?;
    let end = tail.windows(2).position(|pair| pair == [0xff, END]);
    match end {
        Some(end) if end.saturating_add(2) == tail.len() => {}
        None if from == scan => return Err(Stop::Truncated),
        None if runs_on(tail) => return Err(Stop::Truncated),
        None if !has_other_markers(tail) => {}
        _ => found.tells(Private::Trailing),
    }
    Ok(())
}

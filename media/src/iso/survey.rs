//! The index: its tracks, and what it tells that no player needs.

use super::boxes::Head;
use super::grammar::{Level, Verdict, is_quicktime, verdict};
use super::metadata::{is_plain, names_files, notice, notice_times};
use super::tracks::Trak;
use crate::inspection::{Inspection, Private, TrackKind};
use crate::known::{Known, Stop};

/// More tracks than any camera writes.
const MOST_TRACKS: usize = 64;

/// The tracks of the index `moov`; what it tells is noted.
///
/// # Errors
///
/// Any [`Stop`].
pub fn survey(
    known: &Known,
    moov: &Head,
    found: &mut Inspection,
    tracks: &mut Vec<Trak>,
) -> Result<(), Stop> {
    let mut children = moov.children();
    while let Some(child) = children.next(known)? {
        match &child.name {
            b"trak" if tracks.len() == MOST_TRACKS => return Err(Stop::Bound),
            b"trak" => {
                let track = Trak::read(known, &child)?;
                found.has_track(track.kind(), &track.codec());
                tracks.push(track);
            }
            b"cmov" => return Err(Stop::Unsupported("its index is compressed")),
            _ => judge(known, Level::Moov, &child, found)?,
        }
    }
    // What a track tells comes after all of them are known, should the reading end early.
    let mut children = moov.children();
    let mut next = tracks.iter();
    while let Some(child) = children.next(known)? {
        if child.name == *b"trak"
            && let Some(track) = next.next()
        {
            tell(known, &child, track, found)?;
        }
    }
    Ok(())
}

fn tell(known: &Known, head: &Head, track: &Trak, found: &mut Inspection) -> Result<(), Stop> {
    if let Some(what) = track.private(known)? {
        found.tells(what);
        return Ok(());
    }
    open(known, Level::Trak, head, found)?;
    if let (TrackKind::Video, Some(entry)) = (track.kind(), track.entry)
        && !is_plain(&entry.array::<32>(known, 42)?)
    {
        found.tells(Private::Device);
    }
    Ok(())
}

fn open(known: &Known, level: Level, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    let mut children = head.children();
    while let Some(child) = children.next(known)? {
        judge(known, level, &child, found)?;
    }
    Ok(())
}

/// Notes what a box tells. Goes as deep as there are levels.
fn judge(known: &Known, level: Level, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    match verdict(level, head.name) {
        Verdict::Opened(inner) => open(known, inner, head, found),
        Verdict::Goes if is_quicktime(head.name) => Ok(()),
        Verdict::Goes => notice(known, head, found),
        Verdict::Stays => match &head.name {
            b"mvhd" | b"tkhd" | b"mdhd" => notice_times(known, head, found),
            b"hdlr" if !is_plain(handler_name(head.start(known, 64)?)) => {
                found.tells(Private::Device);
                Ok(())
            }
            b"dref" if names_files(known, head)? => {
                found.tells(Private::Other);
                Ok(())
            }
            _ => Ok(()),
        },
    }
}

/// The name in a handler's box.
pub fn handler_name(body: &[u8]) -> &[u8] {
    body.get(24..).unwrap_or_default()
}

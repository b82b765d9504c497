//! Matroska, and `WebM` that is a part of it: elements within elements, each with a number, a length and a body.

mod element;

use element::{Element, Elements};

use crate::inspection::{Inspection, Kind, Private, TrackKind};
use crate::known::{Known, Stop};

/// The numbers of elements, by the names that the specification gives them.
mod id {
    pub const DOC_TYPE: u32 = 0x4282;
    pub const SEGMENT: u32 = 0x1853_8067;
    pub const SEEK_HEAD: u32 = 0x114d_9b74;
    pub const SEEK: u32 = 0x4dbb;
    pub const SEEK_POSITION: u32 = 0x53ac;
    pub const INFO: u32 = 0x1549_a966;
    pub const TIMESTAMP_SCALE: u32 = 0x002a_d7b1;
    pub const DURATION: u32 = 0x4489;
    pub const DATE: u32 = 0x4461;
    pub const TITLE: u32 = 0x7ba9;
    pub const FILE_NAME: u32 = 0x7384;
    pub const MUXING_APP: u32 = 0x4d80;
    pub const WRITING_APP: u32 = 0x5741;
    pub const TRACKS: u32 = 0x1654_ae6b;
    pub const TRACK: u32 = 0xae;
    pub const TRACK_TYPE: u32 = 0x83;
    pub const TRACK_NAME: u32 = 0x536e;
    pub const CODEC: u32 = 0x86;
    pub const VIDEO: u32 = 0xe0;
    pub const WIDTH: u32 = 0xb0;
    pub const HEIGHT: u32 = 0xba;
    pub const ALPHA: u32 = 0x53c0;
    pub const TAGS: u32 = 0x1254_c367;
    pub const TAG: u32 = 0x7373;
    pub const SIMPLE_TAG: u32 = 0x67c8;
    pub const TAG_NAME: u32 = 0x45a3;
    pub const ATTACHMENTS: u32 = 0x1941_a469;
    pub const CLUSTER: u32 = 0x1f43_b675;
}

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Matroska;
    let mut file = Elements::of(known);
    let head = file.at(0, known.size())?;
    let mut at = head.body;
    while at < head.end {
        let child = file.at(at, head.end)?;
        if child.id == id::DOC_TYPE {
            found.format = match file.bytes(&child)? {
                b"webm" => Kind::WebM,
                b"matroska" => Kind::Matroska,
                _ => Kind::Unknown,
            };
        }
        at = child.end;
    }
    let segment = file.at(head.end, known.size())?;
    if segment.id != id::SEGMENT {
        return Err(Stop::Malformed("no Matroska segment follows the header"));
    }
    // A recorder leaves the length open; then it goes to the file's end.
    found.truncated = segment.end > known.size();
    inside(&mut file, &segment, found)
}

/// Looks at what stands in front of the sound and pictures, and then at what the list of places
/// says to stand behind them.
fn inside(file: &mut Elements, segment: &Element, found: &mut Inspection) -> Result<(), Stop> {
    let end = segment.end.min(file.size());
    let mut places = Vec::new();
    let mut at = segment.body;
    while at < end {
        let child = file.at(at, end)?;
        if child.id == id::CLUSTER {
            found.truncated |= child.end > file.size();
            break;
        }
        if child.id == id::SEEK_HEAD {
            seek_head(file, &child, segment.body, &mut places)?;
        } else {
            part(file, &child, found)?;
        }
        at = child.end;
    }
    for place in places {
        // Those in front were seen.
        if place > at && place < end {
            let child = file.at(place, end)?;
            part(file, &child, found)?;
        }
    }
    Ok(())
}

/// Adds the places that the list names, a few of them.
fn seek_head(
    file: &mut Elements,
    list: &Element,
    base: u64,
    places: &mut Vec<u64>,
) -> Result<(), Stop> {
    const MOST_PLACES: usize = 8;
    file.each(list, |file, seek| {
        if seek.id != id::SEEK {
            return Ok(());
        }
        file.each(seek, |file, child| {
            if child.id == id::SEEK_POSITION && places.len() < MOST_PLACES {
                places.push(base.saturating_add(file.number(child)?));
            }
            Ok(())
        })
    })
}

fn part(file: &mut Elements, part: &Element, found: &mut Inspection) -> Result<(), Stop> {
    match part.id {
        id::INFO => info(file, part, found),
        id::TRACKS => file.each(part, |file, child| match child.id {
            id::TRACK => track(file, child, found),
            _ => Ok(()),
        }),
        id::TAGS => file.each(part, |file, child| match child.id {
            id::TAG => tag(file, child, found),
            _ => Ok(()),
        }),
        id::ATTACHMENTS => {
            found.tells(Private::Other);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn info(file: &mut Elements, info: &Element, found: &mut Inspection) -> Result<(), Stop> {
    let mut nanoseconds = 1_000_000;
    let mut units = None;
    file.each(info, |file, child| {
        match child.id {
            id::TIMESTAMP_SCALE => nanoseconds = file.number(child)?,
            id::DURATION => units = file.float(child)?,
            id::DATE => found.tells(Private::Time),
            id::TITLE | id::FILE_NAME => found.tells(Private::Text),
            id::MUXING_APP | id::WRITING_APP => found.tells(Private::Device),
            _ => {}
        }
        Ok(())
    })?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "units are of milliseconds, mostly"
    )]
    let duration = units.map(|units| units * nanoseconds as f64 / 1e9);
    found.duration = duration.filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
    Ok(())
}

fn track(file: &mut Elements, track: &Element, found: &mut Inspection) -> Result<(), Stop> {
    let mut kind = TrackKind::Other;
    let mut codec: &[u8] = &[];
    file.each(track, |file, child| {
        match child.id {
            id::TRACK_TYPE => {
                kind = match file.number(child)? {
                    1 => TrackKind::Video,
                    2 => TrackKind::Audio,
                    17 => TrackKind::Text,
                    33 => TrackKind::Metadata,
                    _ => TrackKind::Other,
                };
            }
            id::CODEC => codec = file.bytes(child)?,
            id::TRACK_NAME => found.tells(Private::Text),
            id::VIDEO => video(file, child, found)?,
            _ => {}
        }
        Ok(())
    })?;
    found.has_track(kind, codec);
    Ok(())
}

fn video(file: &mut Elements, video: &Element, found: &mut Inspection) -> Result<(), Stop> {
    file.each(video, |file, child| {
        match child.id {
            id::WIDTH => found.width = u32::try_from(file.number(child)?).ok(),
            id::HEIGHT => found.height = u32::try_from(file.number(child)?).ok(),
            id::ALPHA => found.alpha |= file.number(child)? == 1,
            _ => {}
        }
        Ok(())
    })
}

fn tag(file: &mut Elements, tag: &Element, found: &mut Inspection) -> Result<(), Stop> {
    file.each(tag, |file, child| {
        if child.id != id::SIMPLE_TAG {
            return Ok(());
        }
        file.each(child, |file, child| {
            if child.id == id::TAG_NAME {
                note(file.bytes(child)?, found);
            }
            Ok(())
        })
    })
}

fn note(name: &[u8], found: &mut Inspection) {
    let has = |word: &[u8]| {
        name.windows(word.len())
            .any(|part| part.eq_ignore_ascii_case(word))
    };
    found.tells(match name {
        // What muxers count, which the sound and pictures themselves tell.
        b"DURATION" | b"BPS" | b"NUMBER_OF_FRAMES" | b"NUMBER_OF_BYTES" => return,
        _ if name.starts_with(b"_STATISTICS_") => return,
        _ if has(b"location") || has(b"gps") => Private::Location,
        _ if has(b"date") || has(b"time") => Private::Time,
        _ if has(b"encode") || has(b"handler") || has(b"model") => Private::Device,
        _ => Private::Text,
    });
}

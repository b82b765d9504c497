//! Ogg (RFC 3533): pages of several streams. The first page of each says what it carries, the page
//! behind them has comments, and the file's last page tells the duration.

use crate::formats::Format;
use crate::reader::Reader;
use crate::report::{Inspection, Private, TrackKind};
use crate::sparse_file::{ParseError, SparseFile};

/// More streams than a file has.
const MOST_STREAMS: u32 = 16;
const MOST_COMMENTS: u32 = 64;

/// The longest page: its header, 255 lengths, and as many times 255 bytes.
const LONGEST_PAGE: usize = 27 + 255 + 255 * 255;

/// Enough for the last page of nearly any file.
const SHORT_TAIL: usize = 8192;

/// Reads an Ogg.
#[derive(Debug, Default)]
pub(crate) struct OggReader {
    at: u64,
    streams: u32,
    headers_read: bool,
    /// How the position of the first stream with one is turned into seconds.
    clock: Option<Clock>,
}

impl Reader for OggReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::Ogg;
        while !self.headers_read && self.streams < MOST_STREAMS {
            let page = Page::at(file, self.at)?;
            let data = page.data(file)?;
            if page.begins_stream {
                let clock = stream(data, page.serial, report);
                self.clock = self.clock.or(clock);
                self.at = page.end;
                self.streams = self.streams.saturating_add(1);
            } else {
                comments(data, report);
                self.headers_read = true;
            }
        }
        let Some(clock) = self.clock else {
            return Ok(());
        };
        let position = match last_page(file, clock.serial, SHORT_TAIL)? {
            None => last_page(file, clock.serial, LONGEST_PAGE)?,
            seen => seen,
        };
        if let Some((position, end)) = position {
            report.truncated = end > file.size();
            report.duration = clock.seconds(position);
        }
        Ok(())
    }
}

/// A page's header.
struct Page {
    begins_stream: bool,
    serial: [u8; 4],
    /// Where its data begins.
    body: u64,
    /// Where it ends.
    end: u64,
}

impl Page {
    fn at(file: &SparseFile, at: u64) -> Result<Self, ParseError> {
        let header: [u8; 27] = file.array(at)?;
        // The capture pattern, and the version of the format (RFC 3533, 6).
        if !header.starts_with(b"OggS\0") {
            return Err(ParseError::Malformed(
                "an Ogg page does not begin where the last one ended",
            ));
        }
        let [_, _, _, _, _, flags, _, _, _, _, _, _, _, _, a, b, c, d, ..] = header;
        let [.., segments] = header;
        let lengths = file.get(at.saturating_add(27), usize::from(segments))?;
        let body = at.saturating_add(27).saturating_add(u64::from(segments));
        Ok(Self {
            begins_stream: flags & 2 != 0,
            serial: [a, b, c, d],
            body,
            end: body.saturating_add(sum(lengths)),
        })
    }

    /// The begin of its data.
    fn data<'file>(&self, file: &'file SparseFile) -> Result<&'file [u8], ParseError> {
        const LOOKED_AT: u64 = 1024;
        let length = self.end.saturating_sub(self.body).min(LOOKED_AT);
        file.get(self.body, usize::try_from(length).unwrap_or_default())
    }
}

fn sum(lengths: &[u8]) -> u64 {
    lengths.iter().map(|&length| u64::from(length)).sum()
}

/// How a stream's positions are turned into seconds.
#[derive(Clone, Copy, Debug)]
struct Clock {
    serial: [u8; 4],
    /// How much of the begin is not played.
    skip: u64,
    /// A position of Theora has the last whole picture above this many bits, and how many pictures
    /// came after it below.
    shift: u8,
    /// So many units make `per` seconds.
    units: u32,
    per: u32,
}

impl Clock {
    #[expect(clippy::cast_precision_loss, reason = "nothing plays for 2^53 units")]
    fn seconds(self, position: u64) -> Option<f64> {
        let whole = position.checked_shr(u32::from(self.shift))?;
        let after = position.wrapping_sub(whole << self.shift);
        let count = whole.saturating_add(after).saturating_sub(self.skip);
        (self.units != 0).then(|| count as f64 * f64::from(self.per) / f64::from(self.units))
    }
}

/// What first packets begin with, and what their streams are.
const CODECS: [(&[u8], TrackKind, &[u8]); 6] = [
    (b"OpusHead", TrackKind::Audio, b"opus"),
    (b"\x01vorbis", TrackKind::Audio, b"vorbis"),
    (b"Speex   ", TrackKind::Audio, b"speex"),
    (b"\x7fFLAC", TrackKind::Audio, b"flac"),
    (b"\x80theora", TrackKind::Video, b"theora"),
    (b"fishead\0", TrackKind::Metadata, b"skeleton"),
];

/// Notes what a stream is by its first packet. Only sound and Theora have a clock.
fn stream(packet: &[u8], serial: [u8; 4], report: &mut Inspection) -> Option<Clock> {
    let file = CODECS.iter().find(|(head, ..)| packet.starts_with(head));
    let (_, kind, codec) = *file.unwrap_or(&(b"", TrackKind::Other, b"unknown"));
    report.add_track(kind, codec);

    let little = |at: usize| Some(u32::from_le_bytes(*packet.get(at..)?.first_chunk()?));
    let big = |at: usize| Some(u32::from_be_bytes(*packet.get(at..)?.first_chunk()?));
    let clock = |units| Clock {
        serial,
        skip: 0,
        shift: 0,
        units,
        per: 1,
    };
    Some(match codec {
        b"opus" => Clock {
            skip: u64::from(little(8)? >> 16),
            // Opus counts as if it were sampled at this rate always.
            ..clock(48_000)
        },
        b"vorbis" => clock(little(12)?),
        b"speex" => clock(little(36)?),
        b"flac" => clock(big(27)? >> 12),
        b"theora" => {
            // Three bytes each.
            report.width = Some(big(14)? >> 8);
            report.height = Some(big(17)? >> 8);
            Clock {
                shift: u8::try_from(big(38)? >> 5 & 31).ok()?,
                per: big(26)?,
                ..clock(big(22)?)
            }
        }
        _ => return None,
    })
}

/// Notes what the comments tell, as far as they lie in the begin of their page.
fn comments(packet: &[u8], report: &mut Inspection) {
    let head = match packet {
        [b'O', b'p', b'u', b's', ..] => 8,
        [3, b'v', ..] | [0x81, b't', ..] => 7,
        // A block of FLAC: its kind and its length.
        [4 | 0x84, 0, ..] => 4,
        // Speex has nothing in front.
        _ => 0,
    };
    let mut rest = packet.get(head..).unwrap_or_default();
    // The encoder's name, which no file lacks.
    if text(&mut rest).is_none() {
        return;
    }
    let count = number(&mut rest).unwrap_or(0);
    for _ in 0..count.min(MOST_COMMENTS) {
        let Some(comment) = text(&mut rest) else {
            // It is long: mostly a picture.
            note(rest.get(4..).unwrap_or_default(), report);
            return;
        };
        note(comment, report);
    }
}

fn note(comment: &[u8], report: &mut Inspection) {
    let named = |name: &[u8]| {
        let begin = comment.get(..name.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(name))
    };
    report.tells(
        if named(b"METADATA_BLOCK_PICTURE=") || named(b"COVERART=") {
            Private::Thumbnail
        } else if named(b"ENCODER") {
            Private::Device
        } else if named(b"DATE=") {
            Private::Time
        } else if named(b"LOCATION=") {
            Private::Location
        } else {
            Private::Text
        },
    );
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (number, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(u32::from_le_bytes(*number))
}

/// A text behind its length. Nothing is taken where it is not all there.
fn text<'packet>(rest: &mut &'packet [u8]) -> Option<&'packet [u8]> {
    let (length, after) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (text, after) = after.split_at_checked(length)?;
    *rest = after;
    Some(text)
}

/// The position of the stream's last page that begins within the last `searched` bytes, and where
/// that page ends.
fn last_page(
    file: &SparseFile,
    serial: [u8; 4],
    searched: usize,
) -> Result<Option<(u64, u64)>, ParseError> {
    /// Of a page on which no packet ends.
    const NOWHERE: u64 = u64::MAX;
    let (from, tail) = file.tail(searched)?;
    Ok(tail.windows(27).enumerate().rev().find_map(|(at, header)| {
        let (capture, rest) = header.split_first_chunk::<6>()?;
        let (position, rest) = rest.split_first_chunk()?;
        let position = u64::from_le_bytes(*position);
        if !capture.starts_with(b"OggS\0") || !rest.starts_with(&serial) || position == NOWHERE {
            return None;
        }
        let segments = usize::from(*rest.last()?);
        let lengths = tail.get(at.checked_add(27)?..)?;
        let lengths = lengths.get(..segments).unwrap_or(lengths);
        let page = 27_u64
            .saturating_add(segments as u64)
            .saturating_add(sum(lengths));
        Some((
            position,
            from.saturating_add(at as u64).saturating_add(page),
        ))
    }))
}

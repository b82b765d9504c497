//! Matroska (RFC 9559), and `WebM` that is a part of it: EBML elements (RFC 8794)
//! within elements, each with an id, a length and a body.

mod element;

use element::Element;

use crate::formats::Format;
use crate::reader::Reader;
use crate::report::{Inspection, Private, TrackKind};
use crate::sparse_file::{ParseError, SparseFile};

/// The ids of elements, by the names that RFC 8794 (11.2) and RFC 9559 (5.1) give them.
mod id {
    pub const EBML: u32 = 0x1a45_dfa3;
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

/// Most elements that are read: more than stand in front of a movie's content.
const MOST_ELEMENTS: u32 = 1024;

/// Most positions of a seek head that are followed.
const MOST_POSITIONS: usize = 8;

/// Reads a Matroska or `WebM`.
#[derive(Debug, Default)]
pub(crate) struct MatroskaReader {
    at: u64,
    elements: u32,
    /// The elements around the current offset, from the outermost on.
    open: Vec<Element>,
    segment: Option<Element>,
    /// Where the elements in front of the content end.
    front_end: Option<u64>,
    /// The positions of the seek head that were not visited.
    positions: Vec<u64>,
    track: Track,
    timestamp_scale: Option<u64>,
    duration: Option<f64>,
}

/// The track that is being read.
#[derive(Debug, Default)]
struct Track {
    kind: Option<TrackKind>,
    codec: Vec<u8>,
}

impl Reader for MatroskaReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        if self.at == 0 {
            report.format = Format::Matroska;
        }
        let outcome = self.walk(file, report);
        if !matches!(outcome, Err(ParseError::Incomplete(_))) {
            self.set_duration(report);
        }
        outcome
    }
}

impl MatroskaReader {
    fn walk(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        loop {
            if let Some(parent) = self.open.last().copied() {
                if self.at >= parent.end {
                    self.close(report);
                } else if self.child(file, parent, report)? {
                    self.open.clear();
                }
                continue;
            }
            match self.segment {
                None => self.top(file, report)?,
                Some(segment) => {
                    if !self.seek(file, segment)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Opens the header (RFC 8794, 11.2.1), and behind it the segment.
    fn top(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        let element = self.element(file, self.at, file.size())?;
        if self.at == 0 && element.id == id::EBML {
            self.at = element.body;
            self.open.push(element);
            return Ok(());
        }
        if element.id != id::SEGMENT {
            return Err(ParseError::Malformed(
                "no Matroska segment follows the header",
            ));
        }
        // A recorder leaves the length unknown; then it ends with the file.
        report.truncated = element.end > file.size();
        self.segment = Some(element);
        self.at = element.body;
        self.open.push(Element {
            end: element.end.min(file.size()),
            ..element
        });
        Ok(())
    }

    /// Opens the next element that the seek head names (RFC 9559, 6.3) behind the
    /// content. Whether there is one.
    fn seek(&mut self, file: &SparseFile, segment: Element) -> Result<bool, ParseError> {
        let front = *self.front_end.get_or_insert(self.at);
        let end = segment.end.min(file.size());
        while let Some(position) = self.positions.first().copied() {
            let at = segment.body.saturating_add(position);
            // Those in front were read.
            if at > front && at < end {
                let element = self.element(file, at, end)?;
                self.positions.remove(0);
                if matches!(element.id, id::INFO | id::TRACKS | id::TAGS) {
                    self.at = element.body;
                    self.open.push(element);
                    return Ok(true);
                }
            } else {
                self.positions.remove(0);
            }
        }
        Ok(false)
    }

    /// Reads an element of `parent`. Returns `true` for a cluster, where the media data start.
    fn child(
        &mut self,
        file: &SparseFile,
        parent: Element,
        report: &mut Inspection,
    ) -> Result<bool, ParseError> {
        let child = self.element(file, self.at, parent.end)?;
        if parent.id == id::SEGMENT {
            if child.id == id::CLUSTER {
                report.truncated |= child.end > file.size();
                self.front_end = Some(self.at);
                return Ok(true);
            }
        } else if child.end > parent.end {
            return Err(ParseError::Malformed(
                "an element is longer than the one it is in",
            ));
        }
        if opens(parent.id, child.id) {
            self.at = child.body;
            self.open.push(child);
            return Ok(false);
        }
        self.leaf(file, parent, &child, report)?;
        self.at = child.end;
        Ok(false)
    }

    fn close(&mut self, report: &mut Inspection) {
        let Some(element) = self.open.pop() else {
            return;
        };
        self.at = element.end;
        if element.id == id::TRACK {
            let track = std::mem::take(&mut self.track);
            report.add_track(track.kind.unwrap_or(TrackKind::Other), &track.codec);
        }
    }

    fn element(&mut self, file: &SparseFile, at: u64, limit: u64) -> Result<Element, ParseError> {
        if self.elements >= MOST_ELEMENTS {
            return Err(ParseError::LimitExceeded);
        }
        let element = Element::at(file, at, limit)?;
        self.elements = self.elements.saturating_add(1);
        Ok(element)
    }

    /// Reads an element without children.
    fn leaf(
        &mut self,
        file: &SparseFile,
        parent: Element,
        child: &Element,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        match (parent.id, child.id) {
            (id::EBML, id::DOC_TYPE) => {
                report.format = match child.bytes(file)? {
                    b"webm" => Format::WebM,
                    b"matroska" => Format::Matroska,
                    _ => Format::Unknown,
                };
            }
            (id::SEGMENT, id::ATTACHMENTS) => report.tells(Private::Other),
            (id::SEEK, id::SEEK_POSITION) if self.positions.len() < MOST_POSITIONS => {
                self.positions.push(child.number(file)?);
            }
            (id::INFO, id::TIMESTAMP_SCALE) => self.timestamp_scale = Some(child.number(file)?),
            (id::INFO, id::DURATION) => self.duration = child.float(file)?,
            (id::INFO, id::DATE) => report.tells(Private::Time),
            (id::INFO, id::MUXING_APP | id::WRITING_APP) => report.tells(Private::Device),
            (id::TRACK, id::TRACK_TYPE) => self.track.kind = Some(track_kind(child.number(file)?)),
            (id::TRACK, id::CODEC) => self.track.codec = child.bytes(file)?.to_vec(),
            (id::INFO, id::TITLE | id::FILE_NAME) | (id::TRACK, id::TRACK_NAME) => {
                report.tells(Private::Text);
            }
            (id::VIDEO, id::WIDTH) => report.width = u32::try_from(child.number(file)?).ok(),
            (id::VIDEO, id::HEIGHT) => report.height = u32::try_from(child.number(file)?).ok(),
            (id::VIDEO, id::ALPHA) => report.alpha |= child.number(file)? == 1,
            (id::SIMPLE_TAG, id::TAG_NAME) => {
                if let Some(what) = category(child.bytes(file)?) {
                    report.tells(what);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The duration, in units of the timestamp scale (RFC 9559, 5.1.2.10), which
    /// is of nanoseconds and a million unless it is said.
    fn set_duration(&self, report: &mut Inspection) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "units are of milliseconds, mostly"
        )]
        let scale = self.timestamp_scale.unwrap_or(1_000_000) as f64;
        let duration = self.duration.map(|units| units * scale / 1e9);
        report.duration = duration.filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
    }
}

/// Whether the elements in `child` are read.
const fn opens(parent: u32, child: u32) -> bool {
    matches!(
        (parent, child),
        (
            id::SEGMENT,
            id::SEEK_HEAD | id::INFO | id::TRACKS | id::TAGS
        ) | (id::SEEK_HEAD, id::SEEK)
            | (id::TRACKS, id::TRACK)
            | (id::TRACK, id::VIDEO)
            | (id::TAGS, id::TAG)
            | (id::TAG, id::SIMPLE_TAG)
    )
}

/// The types of tracks (RFC 9559, 5.1.4.1.3).
const fn track_kind(number: u64) -> TrackKind {
    match number {
        1 => TrackKind::Video,
        2 => TrackKind::Audio,
        17 => TrackKind::Text,
        33 => TrackKind::Metadata,
        _ => TrackKind::Other,
    }
}

/// The category of a tag by its name (RFC 9559, 5.1.8.1.2.1).
fn category(name: &[u8]) -> Option<Private> {
    let has = |word: &[u8]| {
        name.windows(word.len())
            .any(|part| part.eq_ignore_ascii_case(word))
    };
    Some(match name {
        // What muxers count, which the sound and pictures themselves tell.
        b"DURATION" | b"BPS" | b"NUMBER_OF_FRAMES" | b"NUMBER_OF_BYTES" => return None,
        _ if name.starts_with(b"_STATISTICS_") => return None,
        _ if has(b"location") || has(b"gps") => Private::Location,
        _ if has(b"date") || has(b"time") => Private::Time,
        _ if has(b"encode") || has(b"handler") || has(b"model") => Private::Device,
        _ => Private::Text,
    })
}

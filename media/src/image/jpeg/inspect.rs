//! What a JPEG is: its segments up to the first scan, and its end.

use super::end::{EndFinder, Ending, looks_cut};
use super::segment::{EOI, NEAR, Role, Segment, next_marker};
use crate::formats::Format;
use crate::image::exif::ExifReader;
use crate::image::xmp;
use crate::reader::Reader;
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// Most segments, and windows of stray bytes, before the first scan.
const MOST_STEPS: usize = 1024;

/// Reads a JPEG.
#[derive(Debug, Default)]
pub(crate) struct JpegReader {
    at: u64,
    steps: usize,
    /// The Exif block that is being read, and where its segment ends.
    exif: Option<(ExifReader, u64)>,
    exif_seen: bool,
    /// Where the first scan's data begin.
    scan: Option<u64>,
    end: EndFinder,
}

impl Reader for JpegReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::Jpeg;
        // Behind SOI.
        self.at = self.at.max(2);
        let scan = loop {
            if let Some(scan) = self.scan {
                break scan;
            }
            self.segment(file, report)?;
        };
        let ending = match self.end.find(file, scan) {
            // There are more data than may be read to decode them.
            Err(ParseError::LimitExceeded) => {
                report.end_is_uncertain = true;
                if looks_cut(file, scan)? {
                    Ending::Cut
                } else {
                    Ending::Eoi
                }
            }
            ending => ending?,
        };
        match ending {
            Ending::Eoi => Ok(()),
            Ending::WithoutEoi(end) if end >= file.size() => Ok(()),
            Ending::Trailing | Ending::WithoutEoi(_) => {
                report.tells(Private::Trailing);
                Ok(())
            }
            Ending::Cut => Err(ParseError::Truncated),
        }
    }
}

impl JpegReader {
    /// Reads the next segment.
    fn segment(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        if let Some((exif, end)) = &mut self.exif {
            let exif = exif.read(file)?;
            // Browsers read the first Exif block alone.
            if !std::mem::replace(&mut self.exif_seen, true) {
                report.orientation = exif.orientation;
            }
            report.tells_all(&exif.private);
            self.at = *end;
            self.exif = None;
            return Ok(());
        }
        let seen = next_marker(file, self.at, NEAR)?;
        if seen.stray {
            report.tells(Private::Other);
        }
        let marker = self.at.saturating_add(seen.skipped);
        let Some(code) = seen.marker else {
            return self.advance(marker);
        };
        if code == EOI {
            return Err(ParseError::Malformed("a JPEG without a picture"));
        }
        let segment = Segment::open(file, self.at, marker, code)?;
        self.note(file, &segment, report)
    }

    fn advance(&mut self, to: u64) -> Result<(), ParseError> {
        self.at = to;
        self.steps = self.steps.saturating_add(1);
        if self.steps > MOST_STEPS {
            return Err(ParseError::LimitExceeded);
        }
        Ok(())
    }

    /// Notes what a segment contains.
    fn note(
        &mut self,
        file: &SparseFile,
        segment: &Segment,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        match segment.role(file)? {
            Role::Frame => frame(file, segment, report)?,
            Role::Scan if report.width.is_none() => {
                return Err(ParseError::Malformed("a JPEG scan without a frame"));
            }
            Role::Scan => self.scan = Some(segment.to),
            Role::Needed | Role::Jfif { thumbnail: false } => {}
            Role::Jfif { thumbnail: true } => report.tells(Private::Thumbnail),
            Role::Exif(from) => {
                self.exif = Some((ExifReader::new(from, segment.to), segment.to));
                return Ok(());
            }
            Role::Xmp(from) => report.tells_all(&xmp::categories(file, from, segment.to)?),
            Role::Private(what) => report.tells(what),
        }
        self.advance(segment.to)
    }
}

/// Reads the frame's size (T.81, B.2.2). A height of 0 is defined behind the
/// first scan (B.2.5).
fn frame(file: &SparseFile, segment: &Segment, report: &mut Inspection) -> Result<(), ParseError> {
    let [_precision, h, i, w, x] = file.array(segment.payload)?;
    if report.width.is_none() {
        report.width = Some(u16::from_be_bytes([w, x]).into());
        let height = u16::from_be_bytes([h, i]);
        report.height = Some(height.into()).filter(|height| *height > 0);
    }
    Ok(())
}

//! Removes the metadata of a JPEG, without touching the picture's bytes.

use super::end::{EndFinder, Ending, samsung_trailer};
use super::segment::{EOI, NEAR, Role, Segment, next_marker};
use crate::formats::Format;
use crate::image::exif::{self, ExifReader};
use crate::image::stripped::StrippedImage;
use crate::image::xmp;
use crate::plan::Plan;
use crate::report::Private;
use crate::sparse_file::{ParseError, SparseFile};

/// Removes the metadata of one file.
#[derive(Debug, Default)]
pub struct Strip {
    at: u64,
    /// Where the picture ends at the latest.
    limit: u64,
    /// Whether entropy-coded data are at `at`.
    in_scan: bool,
    frame_seen: bool,
    /// Where the first scan's data begin.
    scan: Option<u64>,
    /// The search for the end of a picture without EOI.
    end: Option<EndFinder>,
    /// Whether `limit` is known to be the end of the picture.
    ends_at_limit: bool,
    kept: StrippedImage,
}

/// How many entropy-coded bytes are searched in one go. Those of a window's end
/// are read twice, so they are few.
const BLOCK: u64 = 4096;

impl Strip {
    /// Reads on as far as the bytes allow.
    ///
    /// # Errors
    ///
    /// Any [`ParseError`].
    pub fn run(&mut self, file: &mut SparseFile) -> Result<Plan, ParseError> {
        if self.at == 0 {
            self.begin(file)?;
        }
        loop {
            if self.end.is_some() {
                self.find_end(file)?;
            }
            file.forget_before(self.at);
            match self.advance(file) {
                Ok(false) => {}
                Ok(true) => break,
                Err(ParseError::Truncated | ParseError::Malformed(_))
                    if self.scan.is_some() && !self.ends_at_limit =>
                {
                    self.end = Some(EndFinder::default());
                }
                Err(error) => return Err(error),
            }
        }
        if self.at < file.size() {
            self.kept.removed(Private::Trailing);
        }
        std::mem::take(&mut self.kept).finish(Format::Jpeg, orientation)
    }

    fn begin(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        if file.array(0)? != [0xff, 0xd8] {
            return Err(ParseError::Malformed("no JPEG"));
        }
        let trailer = samsung_trailer(file)?;
        self.restart(trailer.unwrap_or(file.size()))
    }

    /// Begins at SOI, with a picture that ends at `limit`.
    fn restart(&mut self, limit: u64) -> Result<(), ParseError> {
        *self = Self {
            at: 2,
            limit,
            ..Self::default()
        };
        self.kept.keep_in_header(0, self.at)
    }

    /// Decodes the picture to find its end. Then it is stripped up to there.
    fn find_end(&mut self, file: &mut SparseFile) -> Result<(), ParseError> {
        let Some(end) = &mut self.end else {
            return Ok(());
        };
        file.forget_before(end.position());
        let scan = self.scan.unwrap_or(self.at);
        match end.decode(file)? {
            Ending::WithoutEoi(end) if end >= scan => {
                self.restart(end)?;
                self.ends_at_limit = true;
                Ok(())
            }
            Ending::Cut | Ending::WithoutEoi(_) => Err(ParseError::Truncated),
            _ => Err(ParseError::Malformed(
                "a marker that does not belong in a JPEG",
            )),
        }
    }

    /// Keeps or removes what is at the current offset. Whether the picture ends.
    fn advance(&mut self, file: &SparseFile) -> Result<bool, ParseError> {
        if self.ends_at_limit && self.limit.saturating_sub(self.at) < 2 {
            // EOI is missing: it is appended (T.81, B.1.1.3).
            if self.in_scan {
                self.kept.keep(self.at, self.limit)?;
            }
            self.kept.add(vec![0xff, EOI])?;
            self.at = self.limit;
            return Ok(true);
        }
        if self.in_scan {
            self.data(file)?;
            return Ok(false);
        }
        self.segment(file)
    }

    fn window(&self, most: u64) -> u64 {
        self.limit.saturating_sub(self.at).min(most)
    }

    /// Keeps entropy-coded data up to the next marker, or to the end of the window.
    fn data(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        let seen = next_marker(file, self.at, self.window(BLOCK))?;
        let to = self.at.saturating_add(seen.skipped);
        self.kept.keep(self.at, to)?;
        self.at = to;
        self.in_scan = seen.marker.is_none();
        Ok(())
    }

    /// Keeps or removes a segment. Whether it was EOI.
    fn segment(&mut self, file: &SparseFile) -> Result<bool, ParseError> {
        let seen = next_marker(file, self.at, self.window(NEAR))?;
        let marker = self.at.saturating_add(seen.skipped);
        if seen.stray {
            self.kept.removed(Private::Other);
            self.at = marker;
        }
        let Some(code) = seen.marker else {
            return Ok(false);
        };
        if code == EOI {
            return self.eoi(marker.saturating_add(2));
        }
        let segment = Segment::open(file, self.at, marker, code)?;
        self.take(file, &segment)?;
        self.at = segment.to;
        Ok(false)
    }

    fn eoi(&mut self, to: u64) -> Result<bool, ParseError> {
        if self.scan.is_none() {
            return Err(ParseError::Malformed("a JPEG without a picture"));
        }
        self.kept.keep(self.at, to)?;
        self.at = to;
        Ok(true)
    }

    fn take(&mut self, file: &SparseFile, segment: &Segment) -> Result<(), ParseError> {
        let Segment { from, to, .. } = *segment;
        match segment.role(file)? {
            Role::Frame => {
                self.frame_seen = true;
                self.kept.keep(from, to)
            }
            Role::Scan if !self.frame_seen => {
                Err(ParseError::Malformed("a JPEG scan without a frame"))
            }
            Role::Scan => {
                self.scan = self.scan.or(Some(to));
                self.in_scan = true;
                self.kept.keep(from, to)
            }
            Role::Needed => self.kept.keep(from, to),
            Role::Jfif { thumbnail: false } => self.kept.keep_in_header(from, to),
            Role::Jfif { thumbnail: true } => self.jfif(file, segment),
            Role::Exif(tiff) => self.exif(file, segment, tiff),
            Role::Xmp(packet) => {
                let categories = xmp::categories(file, packet, to)?;
                self.kept.removed_all(&categories);
                Ok(())
            }
            Role::Private(what) => {
                self.kept.removed(what);
                Ok(())
            }
        }
    }

    /// Writes the JFIF header without its thumbnail (JFIF 1.02, "JFIF syntax").
    fn jfif(&mut self, file: &SparseFile, segment: &Segment) -> Result<(), ParseError> {
        let header: [u8; 12] = file.array(segment.payload)?;
        let bytes = [&[0xff, 0xe0, 0, 16][..], &header, &[0, 0]].concat();
        self.kept.removed(Private::Thumbnail);
        self.kept.add_to_header(bytes)
    }

    /// Decoders look for the orientation before the first scan.
    fn exif(&mut self, file: &SparseFile, segment: &Segment, tiff: u64) -> Result<(), ParseError> {
        // The whole block first, so that reading its parts needs no more bytes.
        let length = segment.to.saturating_sub(tiff);
        file.get(tiff, usize::try_from(length).unwrap_or_default())?;
        let exif = ExifReader::new(tiff, segment.to).read(file)?;
        if self.scan.is_some() {
            self.kept.removed(Private::Exif);
            self.kept.removed_all(&exif.private);
            return Ok(());
        }
        self.kept.exif(&exif, segment.from, segment.to)
    }
}

/// The segment with the orientation and nothing else (Exif 2.32, 4.7.2).
fn orientation(orientation: u8) -> Vec<u8> {
    [b"\xff\xe1\0\x22Exif\0\0", &exif::minimal(orientation)[..]].concat()
}

//! Takes the metadata out of a JPEG, its picture's bytes untouched.

use super::segment::{END, NEAR, Role, Segment, next_marker};
use crate::exif;
use crate::inspection::{Kind, Private};
use crate::known::{Known, Stop};
use crate::rewrite::Plan;
use crate::turned::Turned;

/// Takes the metadata out.
#[derive(Debug, Default)]
pub struct Strip {
    at: u64,
    /// Whether a scan's data is at `at`.
    in_scan: bool,
    frame_seen: bool,
    scan_seen: bool,
    kept: Turned,
}

/// How much of a scan's data is looked at in one go. What the window cuts
/// through is read twice, so it is little.
const BLOCK: u64 = 4096;

impl Strip {
    /// Goes on as far as what is known allows.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn run(&mut self, known: &mut Known) -> Result<Plan, Stop> {
        if self.at == 0 {
            self.begin(known)?;
        }
        loop {
            known.forget_before(self.at);
            if self.in_scan {
                self.data(known)?;
            } else if self.segment(known)? {
                break;
            }
        }
        if self.at < known.size() {
            self.kept.took_out(Private::Trailing);
        }
        std::mem::take(&mut self.kept).finish(Kind::Jpeg, orientation)
    }

    fn begin(&mut self, known: &Known) -> Result<(), Stop> {
        if known.array(0)? != [0xff, 0xd8] {
            return Err(Stop::Malformed("no JPEG"));
        }
        self.at = 2;
        self.kept.keep_early(0, self.at)
    }

    /// Keeps a scan's data up to the next marker, or to where it was looked for.
    fn data(&mut self, known: &Known) -> Result<(), Stop> {
        let seen = next_marker(known, self.at, BLOCK)?;
        let to = self.at.saturating_add(seen.skipped);
        self.kept.keep(self.at, to)?;
        self.at = to;
        self.in_scan = seen.marker.is_none();
        Ok(())
    }

    /// Takes up a segment, and says whether it was the end of the picture.
    fn segment(&mut self, known: &Known) -> Result<bool, Stop> {
        let seen = next_marker(known, self.at, NEAR)?;
        let marker = self.at.saturating_add(seen.skipped);
        if seen.stray {
            self.kept.took_out(Private::Other);
            self.at = marker;
        }
        let Some(code) = seen.marker else {
            return Ok(false);
        };
        if code == END {
            return self.end(marker.saturating_add(2));
        }
        let segment = Segment::open(known, self.at, marker, code)?;
        self.take(known, &segment)?;
        self.at = segment.to;
        Ok(false)
    }

    fn end(&mut self, to: u64) -> Result<bool, Stop> {
        if !self.scan_seen {
            return Err(Stop::Malformed("a JPEG without a picture"));
        }
        self.kept.keep(self.at, to)?;
        self.at = to;
        Ok(true)
    }

    /// Keeps a segment, or notes that it is taken out.
    fn take(&mut self, known: &Known, segment: &Segment) -> Result<(), Stop> {
        let Segment { from, to, .. } = *segment;
        match segment.role(known)? {
            Role::Frame => {
                self.frame_seen = true;
                self.kept.keep(from, to)
            }
            Role::Scan if !self.frame_seen => Err(Stop::Malformed("a JPEG scan without a frame")),
            Role::Scan => {
                self.scan_seen = true;
                self.in_scan = true;
                self.kept.keep(from, to)
            }
            Role::Needed => self.kept.keep(from, to),
            Role::Jfif { thumbnail: false } => self.kept.keep_early(from, to),
            Role::Jfif { thumbnail: true } => self.jfif(known, segment),
            Role::Exif(tiff) => self.exif(known, segment, tiff),
            Role::Xmp(packet) => {
                let told = exif::told_by_xmp(known, packet, to)?;
                self.kept.took_out_all(told);
                Ok(())
            }
            Role::Private(what) => {
                self.kept.took_out(what);
                Ok(())
            }
        }
    }

    /// Writes the JFIF header anew without its thumbnail.
    fn jfif(&mut self, known: &Known, segment: &Segment) -> Result<(), Stop> {
        let header: [u8; 12] = known.array(segment.payload)?;
        let bytes = [&[0xff, 0xe0, 0, 16][..], &header, &[0, 0]].concat();
        self.kept.took_out(Private::Thumbnail);
        self.kept.put_early(bytes)
    }

    /// Decoders look for the orientation before the first scan.
    fn exif(&mut self, known: &Known, segment: &Segment, tiff: u64) -> Result<(), Stop> {
        // With all of it in one slice, the reading of its parts asks for nothing.
        let length = segment.to.saturating_sub(tiff);
        known.get(tiff, usize::try_from(length).unwrap_or_default())?;
        let exif = exif::read(known, tiff, segment.to)?;
        if self.scan_seen {
            self.kept.took_out(Private::Exif);
            self.kept.took_out_all(exif.private);
            return Ok(());
        }
        self.kept.exif(exif, segment.from, segment.to)
    }
}

/// The segment that says which way up the picture is, and nothing else.
fn orientation(turned: u8) -> Vec<u8> {
    [b"\xff\xe1\0\x22Exif\0\0", &exif::bare(turned)[..]].concat()
}

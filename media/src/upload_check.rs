//! Whether Divar takes a file as it is: the check before an upload.
//!
//! The parsers are those of [`crate::Inspector`], without what reads metadata, so
//! that both agree on what a file is and whether it is whole. What only the
//! rewriting of [`crate::Preparation`] sees is not seen here: a PNG whose chunks are
//! broken between its first data and its end.

use crate::formats::{Format, MediaType};
use crate::inspect::Scanner;
use crate::report::{Inspection, TrackKind};
use crate::sparse_file::{Progress, SparseFile};

/// How many bytes are read at a time.
const READ_AHEAD: usize = 2048;

/// The check of one file, where no metadata are read beside.
pub type UploadCheck = Check<false>;

/// The check of one file. With `METADATA`, it is made of the parsers that
/// [`crate::Inspector`] has: for a module that has both.
#[derive(Debug)]
pub struct Check<const METADATA: bool> {
    scanner: Scanner<METADATA>,
    name: String,
    wanted: Option<MediaType>,
}

/// A file that Divar takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What it is sent as.
    pub media_type: MediaType,
    /// Its format.
    pub format: Format,
    /// The MIME type to send it with.
    pub mime: &'static str,
    /// The name to send it under.
    pub file_name: String,
}

/// Why Divar does not take a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// It is of no format that Divar takes, or cannot be used, in these words if
    /// there are any.
    UnsupportedFormat(Option<&'static str>),
    /// It is of a format that Divar takes as another media type than the wanted one.
    OtherMediaType,
    /// It ends before its content does.
    Truncated,
    /// It violates its own format, in these words.
    Malformed(&'static str),
}

impl Accepted {
    pub(crate) fn new(media_type: MediaType, format: Format, name: &str) -> Self {
        Self {
            media_type,
            format,
            mime: format.mime(),
            file_name: format.file_name(media_type, name),
        }
    }
}

impl<const METADATA: bool> Check<METADATA> {
    /// Checks a file of `size` bytes called `name`, which is sent as `wanted`, or as
    /// what its content is.
    #[must_use]
    pub fn new(size: u64, name: &str, wanted: Option<MediaType>) -> Self {
        // Rarely is more read than a few kilobytes: each parser has its own limits.
        let file = SparseFile::new(size, READ_AHEAD, size.saturating_mul(4).max(1 << 20));
        Self {
            scanner: Scanner::with(file),
            name: name.to_owned(),
            wanted,
        }
    }

    /// Adds bytes that were asked for.
    pub fn add(&mut self, offset: u64, bytes: Vec<u8>) {
        self.scanner.add(offset, bytes);
    }

    /// Reads on as far as the bytes allow.
    pub fn step(&mut self) -> Progress<Result<Accepted, Rejected>> {
        match self.scanner.run() {
            Progress::Need(range) => Progress::Need(range),
            Progress::Done(report) => Progress::Done(self.judge(&report)),
        }
    }

    fn judge(&self, report: &Inspection) -> Result<Accepted, Rejected> {
        if let Some(words) = report.unsupported {
            return Err(Rejected::UnsupportedFormat(Some(words)));
        }
        if report.truncated {
            return Err(Rejected::Truncated);
        }
        if let Some(words) = report.malformed {
            return Err(Rejected::Malformed(words));
        }
        // A movie without the tracks that its format is for is of no use.
        let has_tracks = match report.format {
            Format::Mp4 => report.has_track(TrackKind::Video),
            Format::M4a | Format::ThreeGp => report.has_track(TrackKind::Audio),
            _ => true,
        };
        let Some(media_type) = report.media_type.filter(|_| has_tracks) else {
            return Err(Rejected::UnsupportedFormat(None));
        };
        if self.wanted.is_some_and(|wanted| wanted != media_type) {
            return Err(Rejected::OtherMediaType);
        }
        Ok(Accepted::new(media_type, report.format, &self.name))
    }
}

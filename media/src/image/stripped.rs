//! The plan of a picture that loses its metadata and keeps its orientation.

use super::exif::Exif;
use crate::formats::Format;
use crate::plan::{Piece, Plan};
use crate::report::Private;
use crate::sparse_file::ParseError;

/// What is kept of a picture: a header, and the rest. The orientation is written
/// between them.
#[derive(Debug, Default)]
pub(crate) struct StrippedImage {
    header: Plan,
    rest: Plan,
    orientation: Option<u8>,
    exif_seen: bool,
    is_written: bool,
}

impl StrippedImage {
    /// Keeps these bytes in the header, unless the rest has begun.
    pub(crate) fn keep_in_header(&mut self, from: u64, to: u64) -> Result<(), ParseError> {
        self.header().keep(from, to)
    }

    /// Adds these bytes to the header, unless the rest has begun.
    pub(crate) fn add_to_header(&mut self, bytes: Vec<u8>) -> Result<(), ParseError> {
        self.header().push(Piece::Bytes(bytes))
    }

    fn header(&mut self) -> &mut Plan {
        if self.rest.pieces.is_empty() {
            &mut self.header
        } else {
            &mut self.rest
        }
    }

    /// Keeps these bytes in the rest.
    pub(crate) fn keep(&mut self, from: u64, to: u64) -> Result<(), ParseError> {
        self.rest.keep(from, to)
    }

    /// Adds these bytes to the rest.
    pub(crate) fn add(&mut self, bytes: Vec<u8>) -> Result<(), ParseError> {
        self.rest.push(Piece::Bytes(bytes))
    }

    /// Removes the Exif block between these offsets. Browsers read the first
    /// block alone; that one stays where it has nothing but the orientation.
    pub(crate) fn exif(&mut self, exif: &Exif, from: u64, to: u64) -> Result<(), ParseError> {
        if !std::mem::replace(&mut self.exif_seen, true) {
            self.orientation = exif.orientation;
            if exif.is_minimal {
                self.is_written = true;
                return self.keep_in_header(from, to);
            }
        }
        self.removed(Private::Exif);
        self.removed_all(&exif.private);
        Ok(())
    }

    /// Notes several removed categories.
    pub(crate) fn removed_all(&mut self, all: &[Private]) {
        for what in all {
            self.removed(*what);
        }
    }

    /// Notes a removed category, once.
    pub(crate) fn removed(&mut self, what: Private) {
        self.header.removed(what);
    }

    /// The plan, with the orientation as `write` writes it where the picture is
    /// not upright.
    pub(crate) fn finish(
        self,
        format: Format,
        write: fn(u8) -> Vec<u8>,
    ) -> Result<Plan, ParseError> {
        let mut plan = self.header;
        plan.format = format;
        if let Some(orientation @ 2..) = self.orientation
            && !self.is_written
        {
            plan.push(Piece::Bytes(write(orientation)))?;
        }
        for change in self.rest.changes {
            plan.changed(change);
        }
        for piece in self.rest.pieces {
            match piece {
                Piece::Slice { from, to } => plan.keep(from, to)?,
                new => plan.push(new)?,
            }
        }
        Ok(plan)
    }
}

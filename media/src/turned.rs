//! The plan of a picture whose metadata goes, and whose orientation stays.

use crate::exif::Exif;
use crate::inspection::{Kind, Private};
use crate::known::Stop;
use crate::rewrite::{Piece, Plan};

/// What is kept of a picture: a head, and the rest. Between them the
/// orientation is written, which may be found anywhere in the old file.
#[derive(Debug, Default)]
pub(crate) struct Turned {
    head: Plan,
    rest: Plan,
    orientation: Option<u8>,
    written: bool,
}

impl Turned {
    /// Keeps these bytes in the head, unless the rest has begun.
    pub(crate) fn keep_early(&mut self, from: u64, to: u64) -> Result<(), Stop> {
        self.early().keep(from, to)
    }

    /// Puts these bytes into the head, unless the rest has begun.
    pub(crate) fn put_early(&mut self, bytes: Vec<u8>) -> Result<(), Stop> {
        self.early().push(Piece::Bytes(bytes))
    }

    fn early(&mut self) -> &mut Plan {
        if self.rest.pieces.is_empty() {
            &mut self.head
        } else {
            &mut self.rest
        }
    }

    /// Keeps these bytes in the rest.
    pub(crate) fn keep(&mut self, from: u64, to: u64) -> Result<(), Stop> {
        self.rest.keep(from, to)
    }

    /// Takes an Exif block out, which stands between these places. It is kept
    /// where it says nothing but the orientation and no other has said it.
    pub(crate) fn exif(&mut self, exif: Exif, from: u64, to: u64) -> Result<(), Stop> {
        if exif.bare && self.orientation.is_none() {
            self.orientation = exif.orientation;
            self.written = true;
            return self.keep_early(from, to);
        }
        self.orientation = self.orientation.or(exif.orientation);
        self.took_out(Private::Exif);
        self.took_out_all(exif.private);
        Ok(())
    }

    /// Notes all this as taken out.
    pub(crate) fn took_out_all(&mut self, told: Vec<Private>) {
        for what in told {
            self.took_out(what);
        }
    }

    /// Notes what was taken out, once.
    pub(crate) fn took_out(&mut self, what: Private) {
        self.head.took_out(what);
    }

    /// The whole plan, with the orientation as `write` writes it where the
    /// picture is turned.
    pub(crate) fn finish(self, format: Kind, write: fn(u8) -> Vec<u8>) -> Result<Plan, Stop> {
        let mut plan = self.head;
        plan.format = format;
        if let Some(turned @ 2..) = self.orientation
            && !self.written
        {
            plan.push(Piece::Bytes(write(turned)))?;
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

//! ISO base media: MP4, M4A, MOV, 3GP, and the pictures HEIC and AVIF.
//!
//! A file is a row of boxes. One of them, `moov`, is the index: it says which
//! tracks there are and where in the file their samples lie, which fill the
//! boxes `mdat`. So a file is made anew by writing its index anew; the samples
//! are never looked at. Where the index comes in fragments (`moof`), all of
//! which count from places of their own, nothing moves: what goes is emptied.

mod boxes;
mod brands;
mod chunks;
mod edits;
mod entries;
mod film;
mod fragments;
mod grammar;
mod heif;
mod index;
mod lasting;
mod look;
mod metadata;
mod moov;
mod offsets;
mod references;
mod runs;
mod survey;
mod top;
mod tracks;

pub use look::inspect;

use crate::known::{Known, Stop};
use crate::rewrite::Plan;
use film::Film;

/// What the new file is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A video that Divar takes: MP4.
    Mp4,
    /// A voice note that Divar takes: M4A, or 3GP where the old one is.
    Voice,
}

/// Takes the metadata out, puts the index in front, and makes it the format that Divar takes.
///
/// Of the tracks, picture and sound stay. Subtitles go with the metadata: no
/// chat shows them, and drones write there where they fly.
#[derive(Debug)]
pub struct Rewrite {
    at: u64,
    film: Box<Film>,
}

impl Rewrite {
    /// A file that is to become a `target`.
    #[must_use]
    pub fn new(target: Target, keep_metadata: bool) -> Self {
        Self {
            at: 0,
            film: Box::new(Film::new(target, keep_metadata)),
        }
    }

    /// Goes on as far as what is known allows.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn run(&mut self, known: &mut Known) -> Result<Plan, Stop> {
        while let Some(next) = self.film.take(known, self.at)? {
            self.at = next;
            known.forget_before(next);
        }
        self.film.plan(known.size())
    }
}

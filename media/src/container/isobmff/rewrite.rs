//! The rewriting of a movie or a recording.

use super::movie::Movie;
use crate::plan::Plan;
use crate::sparse_file::{ParseError, SparseFile};

pub use super::movie::MovieTarget;

/// Removes the metadata, moves the index to the front, and changes the container
/// to one that Divar takes.
///
/// Tracks of video and audio are kept. Subtitles are removed with the metadata:
/// no chat shows them, and drones write their position there.
#[derive(Debug)]
pub struct Rewrite {
    at: u64,
    movie: Box<Movie>,
}

impl Rewrite {
    /// A file that becomes a `target`.
    #[must_use]
    pub fn new(target: MovieTarget, keep_metadata: bool) -> Self {
        Self {
            at: 0,
            movie: Box::new(Movie::new(target, keep_metadata)),
        }
    }

    /// Reads on as far as the bytes allow.
    ///
    /// # Errors
    ///
    /// Any [`ParseError`].
    pub fn run(&mut self, file: &mut SparseFile) -> Result<Plan, ParseError> {
        while let Some(next) = self.movie.take(file, self.at)? {
            self.at = next;
            file.forget_before(next);
        }
        self.movie.plan(file.size())
    }
}

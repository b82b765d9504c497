//! The rewriting of files whose samples and pixels stay as they are.

#[cfg(feature = "movies")]
use crate::container::isobmff::{self, MovieTarget};
use crate::image::{jpeg, png};
use crate::plan::Plan;
use crate::sparse_file::{ParseError, SparseFile};

#[cfg(feature = "movies")]
const READ_AHEAD: usize = 4096;

/// How many bytes of a picture are read at a time.
const WINDOW: usize = 64 * 1024;

/// A file that is read from its first byte to its last. What lies across two
/// windows is read twice, and a JPEG without EOI is read three times: once to see
/// that, once to find its end, and once more.
const fn whole_file(size: u64) -> SparseFile {
    let least = WINDOW as u64;
    SparseFile::new(size, WINDOW, size.saturating_add(least).saturating_mul(6))
}

/// A file that is being rewritten.
#[derive(Debug)]
pub enum Rewrite {
    /// A JPEG.
    Jpeg(jpeg::Strip),
    /// A PNG.
    Png(png::Strip),
    /// MP4, M4A, MOV, 3GP.
    #[cfg(feature = "movies")]
    Movie(isobmff::Rewrite),
}

impl Rewrite {
    /// A JPEG of `size` bytes. It is read from its first byte to its last, since
    /// only that shows where the picture ends.
    #[must_use]
    pub fn jpeg(size: u64) -> (Self, SparseFile) {
        (Self::Jpeg(jpeg::Strip::default()), whole_file(size))
    }

    /// A PNG of `size` bytes, read like a JPEG.
    #[must_use]
    pub fn png(size: u64) -> (Self, SparseFile) {
        (Self::Png(png::Strip::default()), whole_file(size))
    }

    /// A movie or recording of `size` bytes, of which only the index is read.
    #[cfg(feature = "movies")]
    #[must_use]
    pub fn movie(size: u64, target: MovieTarget, keep_metadata: bool) -> (Self, SparseFile) {
        let rewrite = Self::Movie(isobmff::Rewrite::new(target, keep_metadata));
        (
            rewrite,
            SparseFile::new(size, READ_AHEAD, isobmff::MAX_INDEX_BYTES),
        )
    }

    /// Reads on as far as the bytes allow.
    ///
    /// # Errors
    ///
    /// Any [`ParseError`].
    pub fn run(&mut self, file: &mut SparseFile) -> Result<Plan, ParseError> {
        match self {
            Self::Jpeg(strip) => strip.run(file),
            Self::Png(strip) => strip.run(file),
            #[cfg(feature = "movies")]
            Self::Movie(rewrite) => rewrite.run(file),
        }
    }
}

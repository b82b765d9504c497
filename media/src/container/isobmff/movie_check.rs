//! Whether a movie or a recording can be played: the part of an inspection that an
//! upload needs.

use super::header::BoxHeader;
use super::movie::check_tracks;
use super::sample_data::check_samples;
use super::top_level::{Role, TopLevel};
use super::track::MovieTrack;
use crate::sparse_file::{ParseError, SparseFile};

/// How many bytes are read, at most: an index of some hours.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// Longer boxes than this are no index that is read: about half of [`MAX_BYTES`].
const MAX_INDEX_BYTES: u64 = MAX_BYTES / 2;

/// How many bytes are read at a time: those of a header (4.2.2).
const READ_AHEAD: usize = 16;

/// The check. It keeps its position between calls.
#[derive(Debug)]
pub struct MovieCheck {
    file: SparseFile,
    at: u64,
    tracks: Option<Vec<MovieTrack>>,
}

impl MovieCheck {
    /// A file of `size` bytes.
    #[must_use]
    pub const fn new(size: u64) -> Self {
        Self {
            file: SparseFile::new(size, READ_AHEAD, MAX_BYTES),
            at: 0,
            tracks: None,
        }
    }

    /// Adds bytes that were asked for.
    pub fn add(&mut self, offset: u64, bytes: Vec<u8>) {
        self.file.add(offset, bytes);
    }

    /// Follows the boxes at the top level to the end, or to the first fragment. A file without an index
    /// passes as long as no box is cut, and one whose index cannot be read, too.
    ///
    /// # Errors
    ///
    /// `Incomplete`, `Truncated`, or `Unsupported` for one that is protected or has no samples.
    pub fn run(&mut self) -> Result<(), ParseError> {
        match self.walk() {
            Err(ParseError::Malformed(_) | ParseError::LimitExceeded) => Ok(()),
            outcome => outcome,
        }
    }

    fn walk(&mut self) -> Result<(), ParseError> {
        loop {
            let TopLevel::Box(role, header) =
                TopLevel::at(&self.file, self.at, self.tracks.is_some())?
            else {
                return self.check_content(true);
            };
            if header.end > self.file.size() {
                // Whether samples are missing, the index tells.
                return match role {
                    Role::MediaData if self.tracks.is_some() => self.check_content(false),
                    // Bytes that are no name are no box.
                    Role::Other if !header.kind.iter().all(u8::is_ascii_graphic) => Ok(()),
                    _ => Err(ParseError::Truncated),
                };
            }
            match role {
                Role::Movie => self.tracks = Some(tracks(&self.file, &header)?),
                Role::Fragment => return check_tracks(self.tracks(), true),
                _ => {}
            }
            self.at = header.end;
        }
    }

    fn tracks(&self) -> &[MovieTrack] {
        self.tracks.as_deref().unwrap_or_default()
    }

    fn check_content(&self, unless_known: bool) -> Result<(), ParseError> {
        check_tracks(self.tracks(), false)?;
        check_samples(&self.file, self.tracks(), unless_known)
    }
}

/// The tracks of an index.
fn tracks(file: &SparseFile, moov: &BoxHeader) -> Result<Vec<MovieTrack>, ParseError> {
    if moov.size() > MAX_INDEX_BYTES {
        return Err(ParseError::LimitExceeded);
    }
    moov.prefetch(file)?;
    let mut tracks = Vec::new();
    let mut boxes = moov.children();
    while let Some(trak) = boxes.find(file, *b"trak")? {
        tracks.extend(track(file, &trak)?);
    }
    Ok(tracks)
}

/// A track, `None` if it has no media.
fn track(file: &SparseFile, header: &BoxHeader) -> Result<Option<MovieTrack>, ParseError> {
    let mut track = MovieTrack::default();
    let Some(mdia) = header.find(file, *b"mdia")? else {
        return Ok(None);
    };
    if let Some(hdlr) = mdia.find(file, *b"hdlr")? {
        track.handler = hdlr.array(file, 8)?;
    }
    let Some(minf) = mdia.find(file, *b"minf")? else {
        return Ok(None);
    };
    let Some(stbl) = minf.find(file, *b"stbl")? else {
        return Ok(None);
    };
    track.stbl = Some(stbl);
    let mut tables = stbl.children();
    while let Some(table) = tables.next(file)? {
        match &table.kind {
            b"stsd" => track.sample_descriptions(file, &table)?,
            b"stsz" | b"stz2" => track.sample_sizes(file, &table)?,
            _ => {}
        }
    }
    Ok(Some(track))
}

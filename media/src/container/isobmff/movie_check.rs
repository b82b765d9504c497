//! Whether a movie or a recording can be played: the part of an inspection that an
//! upload needs.

use super::header::BoxHeader;
use super::movie::{MovieTarget, check_target, check_tracks};
use super::sample_data::check_samples;
use super::top_level::{Role, TopLevel};
use super::track::MovieTrack;
use crate::formats::MediaType;
use crate::sparse_file::{ParseError, SparseFile};

/// How many bytes of a movie are read, at most: its index and the headers of its
/// other boxes.
pub const MAX_INDEX_BYTES: u64 = 12 * 1024 * 1024;

/// How many bytes are read at a time: those of a header (4.2.2).
const READ_AHEAD: usize = 16;

/// The check. It keeps its position between calls.
#[derive(Debug)]
pub struct MovieCheck {
    file: SparseFile,
    target: Option<MovieTarget>,
    at: u64,
    tracks: Option<Vec<MovieTrack>>,
    has_fragments: bool,
}

impl MovieCheck {
    /// A file of `size` bytes that is sent as `media_type`, or as what it is where that is not given.
    #[must_use]
    pub const fn new(size: u64, media_type: Option<MediaType>) -> Self {
        Self {
            file: SparseFile::new(size, READ_AHEAD, MAX_INDEX_BYTES),
            target: match media_type {
                Some(MediaType::Voice) => Some(MovieTarget::Voice),
                Some(_) => Some(MovieTarget::Mp4),
                None => None,
            },
            at: 0,
            tracks: None,
            has_fragments: false,
        }
    }

    /// Adds bytes that were asked for.
    pub fn add(&mut self, offset: u64, bytes: Vec<u8>) {
        self.file.add(offset, bytes);
    }

    /// Follows the boxes at the top level to the end, or to the first fragment. What the file is by its
    /// tracks, `None` where its index is too large to be read.
    ///
    /// # Errors
    ///
    /// `Incomplete`, or what an inspection finds: `Truncated` for one without an index or samples,
    /// `Malformed`, `Unsupported`.
    pub fn run(&mut self) -> Result<Option<MediaType>, ParseError> {
        match self.walk() {
            Ok(MovieTarget::Mp4) => Ok(Some(MediaType::Video)),
            Ok(MovieTarget::Voice) => Ok(Some(MediaType::Voice)),
            Err(ParseError::LimitExceeded) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether the index is in fragments (8.8), of which only the preparation reads all.
    #[must_use]
    pub const fn has_fragments(&self) -> bool {
        self.has_fragments
    }

    fn walk(&mut self) -> Result<MovieTarget, ParseError> {
        loop {
            let TopLevel::Box(role, header) =
                TopLevel::at(&self.file, self.at, self.tracks.is_some())?
            else {
                return self.check_content(true);
            };
            if header.end > self.file.size() {
                // Whether samples are missing, the index tells.
                return match role {
                    Role::MediaData => self.check_content(false),
                    _ => Err(ParseError::Truncated),
                };
            }
            match role {
                Role::Movie => self.tracks = Some(tracks(&self.file, &header)?),
                Role::Fragment => {
                    self.has_fragments = true;
                    check_tracks(self.tracks()?, true)?;
                    return check_target(self.tracks()?, self.target);
                }
                _ => {}
            }
            self.at = header.end;
        }
    }

    fn tracks(&self) -> Result<&[MovieTrack], ParseError> {
        self.tracks.as_deref().ok_or(ParseError::Truncated)
    }

    fn check_content(&self, unless_known: bool) -> Result<MovieTarget, ParseError> {
        let tracks = self.tracks()?;
        let target = check_target(tracks, self.target)?;
        check_tracks(tracks, false)?;
        check_samples(&self.file, tracks, unless_known)?;
        Ok(target)
    }
}

/// The tracks of an index.
fn tracks(file: &SparseFile, moov: &BoxHeader) -> Result<Vec<MovieTrack>, ParseError> {
    moov.prefetch(file)?;
    let mut tracks = Vec::new();
    let mut boxes = moov.children();
    while let Some(trak) = boxes.find(file, *b"trak")? {
        tracks.push(track(file, &trak)?);
    }
    Ok(tracks)
}

fn track(file: &SparseFile, header: &BoxHeader) -> Result<MovieTrack, ParseError> {
    let mut track = MovieTrack::default();
    let Some(mdia) = header.find(file, *b"mdia")? else {
        return Ok(track);
    };
    if let Some(hdlr) = mdia.find(file, *b"hdlr")? {
        track.handler = hdlr.array(file, 8)?;
    }
    let Some(minf) = mdia.find(file, *b"minf")? else {
        return Ok(track);
    };
    let Some(stbl) = minf.find(file, *b"stbl")? else {
        return Ok(track);
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
    Ok(track)
}

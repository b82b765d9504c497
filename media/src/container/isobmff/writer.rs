//! Writes boxes (ISO/IEC 14496-12, 4.2): copies of old ones, and changed ones.

use super::chunk_offsets::ChunkOffsetTable;
use super::header::BoxHeader;
use super::track::MovieTrack;
use crate::report::TrackKind;
use crate::sparse_file::{ParseError, SparseFile};

/// How the index is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether metadata are kept.
    pub keep: bool,
    /// Whether what only `QuickTime` writes is changed to what MP4 has.
    pub from_quicktime: bool,
    /// Whether a codec that MP4 cannot hold is refused.
    pub checked: bool,
    /// How chunk offsets are written.
    pub moves: OffsetPolicy,
}

/// Durations to write where the index has none.
#[derive(Clone, Debug, Default)]
pub struct Durations {
    /// Of the movie, in its own units.
    pub movie: u32,
    /// For each track by its id: in the units of the movie, and in its own.
    pub tracks: Vec<(u32, u32, u32)>,
}

/// How chunk offsets are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetPolicy {
    /// As they were: what is removed leaves free space of its size.
    InPlace,
    /// For the new offsets, as wide as they were.
    Relocate,
    /// For the new offsets, as `co64`, of eight bytes each (ISO/IEC 14496-12, 8.7.5).
    Relocate64,
}

/// The index that is being written.
pub struct Writer<'a> {
    pub(super) file: &'a SparseFile,
    pub(super) style: Style,
    pub(super) tracks: &'a [MovieTrack],
    pub(super) removed: &'a [bool],
    pub(super) next: usize,
    pub(super) durations: &'a Durations,
    /// The id of the track that is being written.
    pub(super) track_id: u32,
    /// The kind of the track that is being written.
    pub(super) kind: TrackKind,
    /// What was written.
    pub out: Vec<u8>,
    /// The chunk offset tables in it.
    pub tables: Vec<ChunkOffsetTable>,
}

impl<'a> Writer<'a> {
    /// A writer of an index with these tracks; `removed` says of each whether it is left
    /// out.
    pub const fn new(
        file: &'a SparseFile,
        tracks: &'a [MovieTrack],
        removed: &'a [bool],
        durations: &'a Durations,
        style: Style,
    ) -> Self {
        Self {
            file,
            style,
            tracks,
            removed,
            next: 0,
            durations,
            track_id: 0,
            kind: TrackKind::Other,
            out: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// Whether nothing is moved.
    pub(super) fn in_place(&self) -> bool {
        self.style.moves == OffsetPolicy::InPlace
    }

    /// Whether the track with this id is removed.
    pub(super) fn is_gone(&self, id: u32) -> bool {
        let mut all = self.tracks.iter().zip(self.removed);
        all.any(|(track, removed)| *removed && track.id == id)
    }

    /// Copies a box.
    pub(super) fn copy(&mut self, header: &BoxHeader) -> Result<(), ParseError> {
        let size = header.end.saturating_sub(header.at);
        let bytes = self.file.get(
            header.at,
            usize::try_from(size).map_err(|_| ParseError::LimitExceeded)?,
        )?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    /// Removes a box: where nothing is moved, it becomes free space.
    pub(super) fn leave(&mut self, header: &BoxHeader) -> Result<(), ParseError> {
        if !self.in_place() {
            return Ok(());
        }
        let mark = self.begin(header)?;
        let name = self.out.get_mut(mark.saturating_add(4)..);
        if let Some(name) = name.and_then(|rest| rest.first_chunk_mut()) {
            *name = *b"free";
        }
        self.end(mark, header)
    }

    /// Begins a box with the type of an old one.
    pub(super) fn begin(&mut self, header: &BoxHeader) -> Result<usize, ParseError> {
        let mark = self.out.len();
        if self.in_place() {
            let length = header.body.saturating_sub(header.at);
            let length = usize::try_from(length).map_err(|_| ParseError::LimitExceeded)?;
            self.out
                .extend_from_slice(self.file.get(header.at, length)?);
        } else {
            self.out.extend_from_slice(&[0; 4]);
            self.out.extend_from_slice(&header.kind);
        }
        Ok(mark)
    }

    /// Ends a box: sets its size, or pads it with zeros to the size that it had.
    pub(super) fn end(&mut self, mark: usize, header: &BoxHeader) -> Result<(), ParseError> {
        let size = self.out.len().saturating_sub(mark);
        if self.in_place() {
            let old = header.end.saturating_sub(header.at);
            let old = usize::try_from(old).map_err(|_| ParseError::LimitExceeded)?;
            if size > old {
                return Err(ParseError::Malformed(
                    "a box is too small for what it holds",
                ));
            }
            self.out.resize(mark.saturating_add(old), 0);
            return Ok(());
        }
        let size = u32::try_from(size).map_err(|_| ParseError::LimitExceeded)?;
        if let Some(field) = self
            .out
            .get_mut(mark..)
            .and_then(|rest| rest.first_chunk_mut())
        {
            *field = size.to_be_bytes();
        }
        Ok(())
    }
}

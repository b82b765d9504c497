//! The index `moov` (ISO/IEC 14496-12, 8.2.1) of a movie that is being rewritten.

use super::chunk_offsets::OffsetMap;
use super::edits::Edit;
use super::fragment::RemovedTrack;
use super::header::BoxHeader;
use super::sample_data;
use super::track::MovieTrack;
use super::writer::{Durations, OffsetPolicy, Style, Writer};
use crate::sparse_file::{ParseError, SparseFile};

/// The largest box that is read as a whole, in bytes.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The old index.
#[derive(Clone, Debug)]
pub struct MovieBox {
    /// Its header.
    pub header: BoxHeader,
    file: SparseFile,
    pub tracks: Vec<MovieTrack>,
    /// Which of the tracks are removed.
    removed: Vec<bool>,
    /// The removed tracks.
    pub gone: Vec<RemovedTrack>,
    /// The durations that the fragments add up to.
    pub durations: Durations,
}

/// A box as a file of its own that is wholly in memory, so that reading its parts
/// needs no more bytes.
pub fn whole(file: &SparseFile, header: &BoxHeader) -> Result<SparseFile, ParseError> {
    let size = header.end.saturating_sub(header.at);
    let size = usize::try_from(size)
        .ok()
        .filter(|size| *size <= MOST_BYTES);
    let bytes = file.get(header.at, size.ok_or(ParseError::LimitExceeded)?)?;
    let mut own = SparseFile::new(file.size(), 0, 0);
    own.add(header.at, bytes.to_vec());
    Ok(own)
}

impl MovieBox {
    /// The index with these tracks; `removed` says of each whether it is left out.
    pub fn new(
        header: BoxHeader,
        file: SparseFile,
        tracks: Vec<MovieTrack>,
        removed: Vec<bool>,
    ) -> Result<Self, ParseError> {
        let mut index = Self {
            header,
            file,
            tracks,
            removed,
            gone: Vec::new(),
            durations: Durations::default(),
        };
        let mvex = header.find(&index.file, *b"mvex")?;
        for (track, _) in index
            .tracks
            .iter()
            .zip(&index.removed)
            .filter(|(_, removed)| **removed)
        {
            let mut size = 0;
            let mut defaults = mvex.as_ref().map(BoxHeader::children);
            while let Some(defaults) = &mut defaults
                && let Some(trex) = defaults.find(&index.file, *b"trex")?
            {
                if u32::from_be_bytes(trex.array(&index.file, 4)?) == track.id {
                    size = u32::from_be_bytes(trex.array(&index.file, 16)?);
                }
            }
            index.gone.push(RemovedTrack { id: track.id, size });
        }
        Ok(index)
    }

    /// Writes the index.
    pub fn written(&self, style: Style) -> Result<Writer<'_>, ParseError> {
        let mut writer = Writer::new(
            &self.file,
            &self.tracks,
            &self.removed,
            &self.durations,
            style,
        );
        writer.write(&self.header)?;
        Ok(writer)
    }

    /// The new index at the offset `begin`, with these boxes behind it.
    pub fn relocated(
        &self,
        style: Style,
        boxes: &[BoxHeader],
        begin: u64,
    ) -> Result<Vec<u8>, ParseError> {
        for moves in [OffsetPolicy::Relocate, OffsetPolicy::Relocate64] {
            let Writer {
                mut out, tables, ..
            } = self.written(Style { moves, ..style })?;
            let data = begin.saturating_add(out.len() as u64);
            if OffsetMap::of(boxes, data).patch(&mut out, &tables)? {
                return Ok(out);
            }
        }
        Err(ParseError::LimitExceeded)
    }

    /// Zeros over the samples of removed tracks.
    pub fn zeros(&self) -> Result<Vec<Edit>, ParseError> {
        let mut zeros = Vec::new();
        for (track, removed) in self.tracks.iter().zip(&self.removed) {
            if let (true, Some(stbl)) = (removed, &track.stbl) {
                sample_data::blank(&self.file, stbl, &mut zeros)?;
            }
        }
        Ok(zeros)
    }

    /// Whether all samples of the tracks that are kept lie in a file of `size` bytes.
    pub fn has_all_samples(&self, size: u64) -> Result<bool, ParseError> {
        for (track, removed) in self.tracks.iter().zip(&self.removed) {
            if let (false, Some(stbl)) = (removed, &track.stbl) {
                let mut chunks = Vec::new();
                sample_data::blank(&self.file, stbl, &mut chunks)?;
                if chunks.iter().any(|chunk| chunk.to > size) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

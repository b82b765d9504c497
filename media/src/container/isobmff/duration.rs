//! The duration of a movie: of its index and of its fragments.

use super::header::BoxHeader;
use super::track::MovieTrack;
use super::track_run::{Column, Run, TrackFragmentHeader};
use crate::sparse_file::{ParseError, SparseFile};

/// What the index and the fragments say of the duration.
#[derive(Clone, Debug, Default)]
pub struct MovieDuration {
    /// Units a second of the index (ISO/IEC 14496-12, 8.2.2).
    pub timescale: u32,
    /// Seconds, as the index says.
    index: Option<f64>,
    /// Whether the index counts all fragments (8.8.2).
    includes_fragments: bool,
    /// For each track in fragments, its default sample duration (8.8.3).
    defaults: Vec<(u32, u32)>,
    /// For each track, where its last fragment ends, in units of the track.
    pub ends: Vec<(u32, u64)>,
}

impl MovieDuration {
    /// Reads a box `mvhd` (8.2.2).
    pub fn movie_header(&mut self, file: &SparseFile, mvhd: &BoxHeader) -> Result<(), ParseError> {
        let [version] = mvhd.array(file, 0)?;
        let at = if version == 1 { 20 } else { 12 };
        self.timescale = u32::from_be_bytes(mvhd.array(file, at)?);
        let units = units(file, mvhd, at.saturating_add(4))?;
        self.index = seconds(units, self.timescale);
        Ok(())
    }

    /// Reads a box `mvex` (8.8.1).
    pub fn movie_extends(&mut self, file: &SparseFile, mvex: &BoxHeader) -> Result<(), ParseError> {
        let mut defaults = Vec::new();
        let mut children = mvex.children();
        while let Some(child) = children.next(file)? {
            match &child.kind {
                b"trex" if defaults.len() < MovieTrack::MOST => defaults.push((
                    u32::from_be_bytes(child.array(file, 4)?),
                    u32::from_be_bytes(child.array(file, 12)?),
                )),
                b"mehd" => {
                    let all = seconds(units(file, &child, 4)?, self.timescale);
                    self.includes_fragments = all.is_some();
                    self.index = all.or(self.index);
                }
                _ => {}
            }
        }
        self.defaults = defaults;
        Ok(())
    }

    /// Adds a fragment `moof` (8.8.4), all of which is in memory.
    pub fn add_fragment(&mut self, file: &SparseFile, moof: &BoxHeader) -> Result<(), ParseError> {
        let mut parts = moof.children();
        while let Some(traf) = parts.find(file, *b"traf")? {
            let Some(tfhd) = traf.find(file, *b"tfhd")? else {
                continue;
            };
            let header = TrackFragmentHeader::read(file, &tfhd)?;
            let default = self.defaults.iter().find(|(id, _)| *id == header.id);
            let each = header.duration.or(default.map(|(_, each)| *each));
            let known = self.ends.iter().find(|(id, _)| *id == header.id);
            let (known, mut end) = (known.copied(), known.map_or(0, |(_, end)| *end));
            // Where the fragment begins (8.8.12); else behind the one before it.
            if let Some(tfdt) = traf.find(file, *b"tfdt")? {
                end = units(file, &tfdt, 4)?;
            }
            let mut runs = traf.children();
            while let Some(trun) = runs.find(file, *b"trun")? {
                let run = Run::read(file, &trun)?;
                end = end.saturating_add(run.sum(Column::Duration, each.unwrap_or_default()));
            }
            if known.is_none() {
                if self.ends.len() == MovieTrack::MOST {
                    return Err(ParseError::LimitExceeded);
                }
                self.ends.push((header.id, 0));
            }
            let mut ends = self.ends.iter_mut();
            if let Some((_, slot)) = ends.find(|(id, _)| *id == header.id) {
                *slot = end;
            }
        }
        Ok(())
    }

    /// The duration in seconds: that of the longest track. Fragments that were not
    /// `all_read` do not tell it.
    pub fn seconds(&self, tracks: &[MovieTrack], all_read: bool) -> Option<f64> {
        if self.includes_fragments || self.ends.is_empty() {
            return self.index;
        }
        let longest = self.fragments(tracks).filter(|_| all_read)?;
        Some(self.index.unwrap_or_default().max(longest))
    }

    /// The duration in seconds of the longest track in fragments.
    pub fn fragments(&self, tracks: &[MovieTrack]) -> Option<f64> {
        let of = |track: &MovieTrack| {
            let end = self.ends.iter().find(|(id, _)| *id == track.id);
            end.and_then(|(_, end)| seconds(*end, track.timescale))
        };
        tracks.iter().filter_map(of).reduce(f64::max)
    }
}

/// A time of four bytes or, in a box of version 1, eight. All ones mean that it
/// is unknown (8.2.2.3).
fn units(file: &SparseFile, header: &BoxHeader, at: u64) -> Result<u64, ParseError> {
    let [version] = header.array(file, 0)?;
    let (units, unknown) = if version == 1 {
        (u64::from_be_bytes(header.array(file, at)?), u64::MAX)
    } else {
        let units = u32::from_be_bytes(header.array(file, at)?);
        (units.into(), u32::MAX.into())
    };
    Ok(if units == unknown { 0 } else { units })
}

#[expect(clippy::cast_precision_loss, reason = "seconds need not be that exact")]
fn seconds(units: u64, timescale: u32) -> Option<f64> {
    (units != 0 && timescale != 0).then(|| units as f64 / f64::from(timescale))
}

//! The index of a film that is to be made anew.

use super::boxes::Head;
use super::chunks;
use super::edits::Edit;
use super::fragments::Gone;
use super::moov::{Moving, Style, Writer};
use super::offsets::Moves;
use super::tracks::Trak;
use crate::known::{Known, Stop};

/// The largest index, or other box, that is read as a whole.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The old index.
#[derive(Debug)]
pub struct Index {
    /// Where it stands.
    pub head: Head,
    known: Known,
    tracks: Vec<Trak>,
    /// Which of the tracks go.
    goes: Vec<bool>,
    /// Those that go.
    pub gone: Vec<Gone>,
}

/// A box that is read as a whole, so that no box in it is met anew with each
/// slice of it. No bytes but its own are ever asked for.
///
/// # Errors
///
/// As [`Known::get`].
pub fn whole(known: &Known, head: &Head) -> Result<Known, Stop> {
    let size = head.end.saturating_sub(head.at);
    let size = usize::try_from(size)
        .ok()
        .filter(|size| *size <= MOST_BYTES);
    let bytes = known.get(head.at, size.ok_or(Stop::Bound)?)?;
    let mut own = Known::new(known.size(), 0, 0);
    own.add(head.at, bytes.to_vec());
    Ok(own)
}

impl Index {
    /// The index with these tracks, of which those go that `goes` says.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn new(head: Head, known: Known, tracks: Vec<Trak>, goes: Vec<bool>) -> Result<Self, Stop> {
        let mut index = Self {
            head,
            known,
            tracks,
            goes,
            gone: Vec::new(),
        };
        let mvex = head.find(&index.known, *b"mvex")?;
        for (track, _) in index
            .tracks
            .iter()
            .zip(&index.goes)
            .filter(|(_, goes)| **goes)
        {
            let mut size = 0;
            let mut defaults = mvex.as_ref().map(Head::children);
            while let Some(defaults) = &mut defaults
                && let Some(trex) = defaults.find(&index.known, *b"trex")?
            {
                if u32::from_be_bytes(trex.array(&index.known, 4)?) == track.id {
                    size = u32::from_be_bytes(trex.array(&index.known, 16)?);
                }
            }
            index.gone.push(Gone { id: track.id, size });
        }
        Ok(index)
    }

    /// The index written in a style.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn written(&self, style: Style) -> Result<Writer<'_>, Stop> {
        let mut writer = Writer::new(&self.known, &self.tracks, &self.goes, style);
        writer.write(&self.head)?;
        Ok(writer)
    }

    /// The index that is to stand at `begin`, with these boxes behind it.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn anew(&self, style: Style, boxes: &[Head], begin: u64) -> Result<Vec<u8>, Stop> {
        for moves in [Moving::All, Moving::Far] {
            let Writer {
                mut out, tables, ..
            } = self.written(Style { moves, ..style })?;
            let data = begin.saturating_add(out.len() as u64);
            if Moves::of(boxes, data).patch(&mut out, &tables)? {
                return Ok(out);
            }
        }
        Err(Stop::Bound)
    }

    /// Zeros in place of the samples of tracks that go.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn zeros(&self) -> Result<Vec<Edit>, Stop> {
        let mut zeros = Vec::new();
        for (track, goes) in self.tracks.iter().zip(&self.goes) {
            if let (true, Some(stbl)) = (goes, &track.stbl) {
                chunks::blank(&self.known, stbl, &mut zeros)?;
            }
        }
        Ok(zeros)
    }
}

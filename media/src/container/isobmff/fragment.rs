//! Fragments of the index (ISO/IEC 14496-12, 8.8), in which nothing is moved.

use super::box_action::is_padding;
use super::edits::Edit;
use super::header::BoxHeader;
use super::metadata;
use super::track_run::{Column, Run, TrackFragmentHeader};
use crate::plan::Plan;
use crate::report::Inspection;
use crate::sparse_file::{ParseError, SparseFile};

/// A removed track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemovedTrack {
    /// Its id.
    pub id: u32,
    /// The size of its samples where no fragment says it, in bytes.
    pub size: u32,
}

/// Overwrites the private parts of a `moof` in place.
pub struct FragmentScrubber<'a> {
    file: &'a SparseFile,
    moof: &'a BoxHeader,
    removed: &'a [RemovedTrack],
    found: &'a mut Inspection,
    edits: Vec<Edit>,
    /// Whether a `traf` was seen.
    seen_traf: bool,
}

impl<'a> FragmentScrubber<'a> {
    /// Notes the metadata in a fragment `moof` (ISO/IEC 14496-12, 8.8.4). The edits
    /// overwrite it, and the samples of removed tracks.
    pub fn scrub(
        file: &'a SparseFile,
        moof: &'a BoxHeader,
        removed: &'a [RemovedTrack],
        found: &'a mut Inspection,
    ) -> Result<Vec<Edit>, ParseError> {
        let mut scrubber = Self {
            file,
            moof,
            removed,
            found,
            edits: Vec::new(),
            seen_traf: false,
        };
        let mut children = moof.children();
        while let Some(child) = children.next(file)? {
            match &child.kind {
                b"mfhd" => {}
                b"traf" => scrubber.track(&child)?,
                _ => scrubber.beside(&child)?,
            }
        }
        Ok(scrubber.edits)
    }

    fn edit(&mut self, edit: Edit) -> Result<(), ParseError> {
        if self.edits.len() == Plan::MOST_PIECES {
            return Err(ParseError::LimitExceeded);
        }
        self.edits.push(edit);
        Ok(())
    }

    fn beside(&mut self, header: &BoxHeader) -> Result<(), ParseError> {
        if !is_padding(header.kind) || header.length() != 0 {
            metadata::notice(self.file, header, self.found)?;
            self.edit(Edit::free(self.file, header)?)?;
        }
        Ok(())
    }

    fn track(&mut self, traf: &BoxHeader) -> Result<(), ParseError> {
        const NO_BASE: ParseError =
            ParseError::Malformed("a fragment does not say where its data are");
        let tfhd = traf.find(self.file, *b"tfhd")?;
        let header = TrackFragmentHeader::read(self.file, &tfhd.ok_or(NO_BASE)?)?;
        let removed = self
            .removed
            .iter()
            .find(|removed| removed.id == header.id)
            .copied();
        // Without a base, its data follow those of the track before it (8.8.7.1).
        let says = header.base.is_some() || header.from_fragment || !self.seen_traf;
        self.seen_traf = true;
        if !says && !self.removed.is_empty() {
            return Err(NO_BASE);
        }
        if let Some(removed) = removed {
            let size = header.size.unwrap_or(removed.size);
            self.data(traf, header.base.unwrap_or(self.moof.at), size)?;
            return self.edit(Edit::free(self.file, traf)?);
        }
        let mut children = traf.children();
        while let Some(child) = children.next(self.file)? {
            match &child.kind {
                b"tfhd" | b"tfdt" | b"trun" | b"saiz" | b"saio" | b"sbgp" | b"sgpd" | b"subs"
                | b"senc" | b"sdtp" => {}
                _ => self.beside(&child)?,
            }
        }
        Ok(())
    }

    /// Overwrites the samples of a track (8.8.7, 8.8.8).
    fn data(&mut self, traf: &BoxHeader, base: u64, size: u32) -> Result<(), ParseError> {
        let mut at = base;
        let mut runs = traf.children();
        while let Some(trun) = runs.find(self.file, *b"trun")? {
            let run = Run::read(self.file, &trun)?;
            if let Some(offset) = run.offset {
                at = base.saturating_add_signed(offset.into());
            }
            let from = at;
            at = at.saturating_add(run.sum(Column::Size, size));
            // In front of that is the fragment itself.
            let end = self.moof.end;
            self.edit(Edit::zeros(from.max(end), at.max(end)))?;
        }
        Ok(())
    }
}

/// Where the samples of a fragment `moof` end, all of which is in memory. Sizes
/// that only the index says count as zero.
pub fn samples_end(file: &SparseFile, moof: &BoxHeader) -> Result<u64, ParseError> {
    let mut last = 0;
    let mut parts = moof.children();
    while let Some(traf) = parts.find(file, *b"traf")? {
        let Some(tfhd) = traf.find(file, *b"tfhd")? else {
            continue;
        };
        let header = TrackFragmentHeader::read(file, &tfhd)?;
        let base = header.base.unwrap_or(moof.at);
        let mut at = base;
        let mut runs = traf.children();
        while let Some(trun) = runs.find(file, *b"trun")? {
            let run = Run::read(file, &trun)?;
            if let Some(offset) = run.offset {
                at = base.saturating_add_signed(offset.into());
            }
            at = at.saturating_add(run.sum(Column::Size, header.size.unwrap_or_default()));
            last = last.max(at);
        }
    }
    Ok(last)
}

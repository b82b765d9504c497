//! Tracks, as the index describes them (ISO/IEC 14496-12, 8.3 to 8.7).

use super::header::BoxHeader;
use crate::bytes::contains;
use crate::report::{Private, TrackKind};
use crate::sparse_file::{ParseError, SparseFile};

/// A track.
#[derive(Clone, Debug, Default)]
pub struct MovieTrack {
    /// Its id (8.3.2).
    pub id: u32,
    /// Its handler: `vide`, `soun`, and others (8.4.3).
    pub handler: [u8; 4],
    /// Its first sample entry (8.5.2).
    pub entry: Option<BoxHeader>,
    /// Its sample table (8.5.1).
    pub stbl: Option<BoxHeader>,
    /// Units a second (8.4.2).
    pub timescale: u32,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// The Exif orientation that its matrix has, `None` for one that no such
    /// orientation has.
    pub orientation: Option<u8>,
    /// How many samples the index has, if it says so.
    pub samples: Option<u32>,
}

impl MovieTrack {
    /// More tracks than any camera writes.
    pub const MOST: usize = 64;

    /// Reads a box `tkhd` (8.3.2).
    pub fn track_header(&mut self, file: &SparseFile, tkhd: &BoxHeader) -> Result<(), ParseError> {
        let [version] = tkhd.array(file, 0)?;
        let (id, matrix) = if version == 1 { (20, 52) } else { (12, 40) };
        self.id = u32::from_be_bytes(tkhd.array(file, id)?);
        self.orientation = orientation(&tkhd.array::<20>(file, matrix)?);
        // Behind the matrix of nine numbers; both are fixed-point, 16.16.
        let [w0, w1, _, _, h0, h1, _, _] = tkhd.array(file, matrix.saturating_add(36))?;
        let size = |high, low| u32::from(u16::from_be_bytes([high, low]));
        self.size = Some((size(w0, w1), size(h0, h1)));
        Ok(())
    }

    /// Reads a box `mdhd` (8.4.2).
    pub fn media_header(&mut self, file: &SparseFile, mdhd: &BoxHeader) -> Result<(), ParseError> {
        let [version] = mdhd.array(file, 0)?;
        let at = if version == 1 { 20 } else { 12 };
        self.timescale = u32::from_be_bytes(mdhd.array(file, at)?);
        Ok(())
    }

    /// Reads a box `stsd` (8.5.2).
    pub fn sample_descriptions(
        &mut self,
        file: &SparseFile,
        stsd: &BoxHeader,
    ) -> Result<(), ParseError> {
        self.entry = stsd.children_after(8).next(file)?;
        Ok(())
    }

    /// Reads how many samples a box `stsz` or `stz2` counts (8.7.3).
    pub fn sample_sizes(&mut self, file: &SparseFile, stsz: &BoxHeader) -> Result<(), ParseError> {
        self.samples = Some(u32::from_be_bytes(stsz.array(file, 8)?));
        Ok(())
    }

    /// Takes the size from the video's sample entry, where it is the stored one
    /// (12.1.3).
    pub fn set_stored_size(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        if let (TrackKind::Video, Some(entry)) = (self.kind(), self.entry) {
            let [w0, w1, h0, h1] = entry.array(file, 24)?;
            let stored = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
            if stored != (0, 0) {
                self.size = Some((stored.0.into(), stored.1.into()));
            }
        }
        Ok(())
    }

    /// What it carries.
    pub const fn kind(&self) -> TrackKind {
        match &self.handler {
            b"vide" => TrackKind::Video,
            b"soun" => TrackKind::Audio,
            b"text" | b"sbtl" | b"subt" | b"clcp" => TrackKind::Text,
            b"meta" | b"tmcd" | b"camm" | b"gpmd" => TrackKind::Metadata,
            _ => TrackKind::Other,
        }
    }

    /// Whether it is video or audio.
    pub const fn plays(&self) -> bool {
        matches!(self.kind(), TrackKind::Video | TrackKind::Audio)
    }

    /// Its codec.
    pub fn codec(&self) -> [u8; 4] {
        self.entry.map_or([0; 4], |entry| entry.kind)
    }

    /// Whether its samples are encrypted: by Common Encryption (ISO/IEC 14496-12,
    /// 8.12; ISO/IEC 23001-7), or by `FairPlay`.
    pub fn is_protected(&self) -> bool {
        matches!(
            &self.codec(),
            b"encv" | b"enca" | b"drms" | b"drmi" | b"resv"
        )
    }

    /// The category of a track that is neither video nor audio. Drones write their
    /// position as subtitles, so those are not told from other text.
    pub fn private(&self, file: &SparseFile) -> Result<Option<Private>, ParseError> {
        Ok(Some(match (self.kind(), &self.codec()) {
            (TrackKind::Video | TrackKind::Audio, _) => return Ok(None),
            (TrackKind::Text, _) => Private::Text,
            (_, b"gpmd" | b"camm") => Private::Location,
            (_, b"tmcd") => Private::Time,
            (_, b"mebx") if self.names_location(file)? => Private::Location,
            _ => Private::Other,
        }))
    }

    /// Whether the keys of a track of timed metadata name a location (`QuickTime`
    /// File Format, "Timed metadata sample descriptions").
    fn names_location(&self, file: &SparseFile) -> Result<bool, ParseError> {
        const MOST_KEYS: usize = 2048;
        let Some(entry) = self.entry else {
            return Ok(false);
        };
        Ok(contains(entry.start(file, MOST_KEYS)?, b"location"))
    }
}

/// The Exif orientation of a matrix: x' = ax + cy, y' = bx + dy (8.2.2.3).
fn orientation(matrix: &[u8; 20]) -> Option<u8> {
    let (numbers, _) = matrix.as_chunks::<4>();
    let mut signs = numbers.iter().map(|one| i32::from_be_bytes(*one).signum());
    let (a, b, _, c, d) = (
        signs.next()?,
        signs.next()?,
        signs.next()?,
        signs.next()?,
        signs.next()?,
    );
    Some(match (a, b, c, d) {
        (1, 0, 0, 1) => 1,
        (-1, 0, 0, 1) => 2,
        (-1, 0, 0, -1) => 3,
        (1, 0, 0, -1) => 4,
        (0, 1, 1, 0) => 5,
        (0, 1, -1, 0) => 6,
        (0, -1, -1, 0) => 7,
        (0, -1, 1, 0) => 8,
        _ => return None,
    })
}

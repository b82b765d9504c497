//! Tracks, as the index describes them.

use super::boxes::Head;
use crate::inspection::{Private, TrackKind};
use crate::known::{Known, Stop};

/// A track.
#[derive(Clone, Debug, Default)]
pub struct Trak {
    /// Its number.
    pub id: u32,
    /// What handles it: `vide`, `soun`, and so on.
    pub handler: [u8; 4],
    /// Its first sample entry.
    pub entry: Option<Head>,
    /// Its sample tables.
    pub stbl: Option<Head>,
    /// Ticks in a second.
    pub timescale: u32,
    /// Its measures in pixels.
    pub size: Option<(u32, u32)>,
    /// How it is to be turned, as Exif counts; `None` for what no turn by right angles does.
    pub orientation: Option<u8>,
}

impl Trak {
    /// The track of a box `trak`. What it lacks stays empty.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn read(known: &Known, head: &Head) -> Result<Self, Stop> {
        let mut track = Self::default();
        if let Some(tkhd) = head.find(known, *b"tkhd")? {
            track.header(known, &tkhd)?;
        }
        let Some(mdia) = head.find(known, *b"mdia")? else {
            return Ok(track);
        };
        if let Some(hdlr) = mdia.find(known, *b"hdlr")? {
            track.handler = hdlr.array(known, 8)?;
        }
        if let Some(mdhd) = mdia.find(known, *b"mdhd")? {
            let [version] = mdhd.array(known, 0)?;
            let place = if version == 1 { 20 } else { 12 };
            track.timescale = u32::from_be_bytes(mdhd.array(known, place)?);
        }
        if let Some(minf) = mdia.find(known, *b"minf")? {
            track.stbl = minf.find(known, *b"stbl")?;
        }
        track.entries(known)?;
        Ok(track)
    }

    fn header(&mut self, known: &Known, tkhd: &Head) -> Result<(), Stop> {
        let [version] = tkhd.array(known, 0)?;
        let (id, matrix) = if version == 1 { (20, 52) } else { (12, 40) };
        self.id = u32::from_be_bytes(tkhd.array(known, id)?);
        self.orientation = orientation(&tkhd.array::<20>(known, matrix)?);
        let [w0, w1, _, _, h0, h1, _, _] = tkhd.array(known, matrix.saturating_add(36))?;
        let measure = |high, low| u32::from(u16::from_be_bytes([high, low]));
        self.size = Some((measure(w0, w1), measure(h0, h1)));
        Ok(())
    }

    fn entries(&mut self, known: &Known) -> Result<(), Stop> {
        let Some(stbl) = self.stbl else {
            return Ok(());
        };
        let Some(stsd) = stbl.find(known, *b"stsd")? else {
            return Ok(());
        };
        self.entry = stsd.children_after(8).next(known)?;
        if let (TrackKind::Video, Some(entry)) = (self.kind(), self.entry) {
            let [w0, w1, h0, h1] = entry.array(known, 24)?;
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

    /// Whether it is what a film or a recording consists of.
    pub const fn plays(&self) -> bool {
        matches!(self.kind(), TrackKind::Video | TrackKind::Audio)
    }

    /// Its codec.
    pub fn codec(&self) -> [u8; 4] {
        self.entry.map_or([0; 4], |entry| entry.name)
    }

    /// What a track tells that is neither picture nor sound. Drones write where
    /// they fly as subtitles, so those are not told from other text.
    ///
    /// # Errors
    ///
    /// As [`Known::get`].
    pub fn private(&self, known: &Known) -> Result<Option<Private>, Stop> {
        Ok(Some(match (self.kind(), &self.codec()) {
            (TrackKind::Video | TrackKind::Audio, _) => return Ok(None),
            (TrackKind::Text, _) => Private::Text,
            (_, b"gpmd" | b"camm") => Private::Location,
            (_, b"tmcd") => Private::Time,
            (_, b"mebx") if self.names_location(known)? => Private::Location,
            _ => Private::Other,
        }))
    }

    /// Whether the keys of a track of timed metadata name a location.
    fn names_location(&self, known: &Known) -> Result<bool, Stop> {
        const MOST_KEYS: usize = 2048;
        let Some(entry) = self.entry else {
            return Ok(false);
        };
        let keys = entry.start(known, MOST_KEYS)?;
        Ok(keys.windows(8).any(|part| part == b"location"))
    }
}

/// How a matrix turns and mirrors a picture: x' = ax + cy, y' = bx + dy.
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

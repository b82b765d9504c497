//! How long a film plays.

use super::boxes::Head;
use super::runs::{Column, Header, Run};
use super::tracks::Trak;
use crate::known::{Known, Stop};

/// What index and fragments say of how long a film plays.
#[derive(Debug, Default)]
pub struct Lasting {
    /// Seconds, as the index says.
    index: Option<f64>,
    /// Whether that includes all fragments.
    whole: bool,
    /// How many ticks a sample of a fragment has, where the fragment does not say it.
    each: u32,
    /// Ticks of the first track to the end of the fragments seen.
    ticks: u64,
}

impl Lasting {
    /// Reads what the index `moov` says.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn read(known: &Known, moov: &Head) -> Result<Self, Stop> {
        let mut lasting = Self::default();
        let Some(mvhd) = moov.find(known, *b"mvhd")? else {
            return Ok(lasting);
        };
        let [version] = mvhd.array(known, 0)?;
        let place = if version == 1 { 20 } else { 12 };
        let scale = u32::from_be_bytes(mvhd.array(known, place)?);
        lasting.index = seconds(ticks(known, &mvhd, place.saturating_add(4))?, scale);
        let Some(mvex) = moov.find(known, *b"mvex")? else {
            return Ok(lasting);
        };
        if let Some(trex) = mvex.find(known, *b"trex")? {
            lasting.each = u32::from_be_bytes(trex.array(known, 12)?);
        }
        if let Some(mehd) = mvex.find(known, *b"mehd")? {
            let all = seconds(ticks(known, &mehd, 4)?, scale);
            lasting.whole = all.is_some();
            lasting.index = all.or(lasting.index);
        }
        Ok(lasting)
    }

    /// Counts the ticks that a fragment `moof` has of the first track.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn add(&mut self, known: &Known, moof: &Head, first: &Trak) -> Result<(), Stop> {
        if self.whole {
            return Ok(());
        }
        let mut parts = moof.children();
        while let Some(traf) = parts.find(known, *b"traf")? {
            let Some(tfhd) = traf.find(known, *b"tfhd")? else {
                continue;
            };
            let header = Header::read(known, &tfhd)?;
            if header.id != first.id {
                continue;
            }
            if let Some(tfdt) = traf.find(known, *b"tfdt")? {
                self.ticks = ticks(known, &tfdt, 4)?;
            }
            let mut runs = traf.children();
            while let Some(trun) = runs.find(known, *b"trun")? {
                let each = header.duration.unwrap_or(self.each);
                let more = Run::read(known, &trun)?.sum(Column::Duration, each);
                self.ticks = self.ticks.saturating_add(more);
            }
        }
        Ok(())
    }

    /// Seconds. Fragments that were not `all_seen` do not tell it.
    pub fn seconds(&self, first: Option<&Trak>, all_seen: bool) -> Option<f64> {
        let scale = first.map_or(0, |track| track.timescale);
        match seconds(self.ticks, scale) {
            Some(_) if !all_seen => None,
            Some(fragments) => Some(self.index.unwrap_or_default().max(fragments)),
            None => self.index,
        }
    }
}

/// A time of four bytes or, in a box of version 1, eight. All ones mean that it
/// is unknown.
fn ticks(known: &Known, head: &Head, place: u64) -> Result<u64, Stop> {
    let [version] = head.array(known, 0)?;
    let (ticks, unknown) = if version == 1 {
        (u64::from_be_bytes(head.array(known, place)?), u64::MAX)
    } else {
        let ticks = u32::from_be_bytes(head.array(known, place)?);
        (ticks.into(), u32::MAX.into())
    };
    Ok(if ticks == unknown { 0 } else { ticks })
}

#[expect(clippy::cast_precision_loss, reason = "seconds need not be that exact")]
fn seconds(ticks: u64, scale: u32) -> Option<f64> {
    (ticks != 0 && scale != 0).then(|| ticks as f64 / f64::from(scale))
}

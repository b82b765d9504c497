//! Writes the index `moov` without metadata (ISO/IEC 14496-12, 8.2.1).

use super::box_action::{BoxAction, Level, action, is_padding, is_quicktime};
use super::chunk_offsets::write_table;
use super::header::BoxHeader;
use super::metadata::{handler_name, is_plain, times};
use super::writer::{OffsetPolicy, Writer};
use super::{sample_entries, track_references};
use crate::report::TrackKind;
use crate::sparse_file::ParseError;

impl Writer<'_> {
    /// Writes the index `moov`.
    pub fn write(&mut self, moov: &BoxHeader) -> Result<(), ParseError> {
        self.opened(moov, Level::Moov)
    }

    /// Writes a box of which some boxes are removed.
    fn opened(&mut self, header: &BoxHeader, level: Level) -> Result<(), ParseError> {
        let mark = self.begin(header)?;
        let mut children = header.children();
        while let Some(child) = children.next(self.file)? {
            match action(level, child.kind) {
                BoxAction::Filter(Level::Trak) => self.track(&child)?,
                BoxAction::Filter(inner) => self.opened(&child, inner)?,
                BoxAction::Keep => self.leaf(level, &child)?,
                BoxAction::Remove if self.stays_beside(level, &child) => self.copy(&child)?,
                BoxAction::Remove => self.leave(&child)?,
            }
        }
        self.end(mark, header)
    }

    /// Whether a box is kept that players do not need.
    fn stays_beside(&self, level: Level, header: &BoxHeader) -> bool {
        let plays = matches!(self.kind, TrackKind::Video | TrackKind::Audio);
        // Tracks that are neither video nor audio are kept as they are.
        let foreign = self.style.from_quicktime
            && (level == Level::Moov || plays)
            && is_quicktime(header.kind);
        self.style.keep && !foreign && !is_padding(header.kind)
    }

    fn track(&mut self, header: &BoxHeader) -> Result<(), ParseError> {
        let (track, removed) = (self.tracks.get(self.next), self.removed.get(self.next));
        let (Some(track), Some(removed)) = (track, removed) else {
            return Err(ParseError::Malformed("its tracks have changed"));
        };
        self.next = self.next.saturating_add(1);
        self.kind = track.kind();
        self.track_id = track.id;
        if *removed {
            self.leave(header)?;
        } else {
            self.opened(header, Level::Trak)?;
        }
        self.kind = TrackKind::Other;
        Ok(())
    }

    /// Writes a box that is kept, without the metadata in it.
    fn leaf(&mut self, level: Level, header: &BoxHeader) -> Result<(), ParseError> {
        match &header.kind {
            b"mvhd" | b"tkhd" | b"mdhd" => self.header(header),
            b"hdlr" => self.handler(header),
            b"tref" => track_references::write(self, header),
            b"mvex" if self.in_place() => track_references::write_defaults(self, header),
            // Without fragments it has no meaning (8.8.1).
            b"mvex" => Ok(()),
            b"dref" => sample_entries::data(self, header),
            b"stsd" => sample_entries::samples(self, header),
            b"stco" | b"co64" if level == Level::Stbl && !self.in_place() => {
                self.tables.push(write_table(
                    self.file,
                    header,
                    self.style.moves == OffsetPolicy::Relocate64,
                    &mut self.out,
                )?);
                Ok(())
            }
            b"saio" if !self.in_place() => Err(ParseError::Unsupported("it is encrypted")),
            _ => self.copy(header),
        }
    }

    /// Writes a header without its times, and with a language code of MP4 (8.4.2.3).
    fn header(&mut self, header: &BoxHeader) -> Result<(), ParseError> {
        let from = self.out.len();
        self.copy(header)?;
        let body = from
            .saturating_add(usize::try_from(header.body.saturating_sub(header.at)).unwrap_or(8));
        let times = times(self.file, header)?;
        let bytes = self.out.get_mut(body..).unwrap_or_default();
        if !self.style.keep {
            bytes
                .iter_mut()
                .take(times)
                .skip(4)
                .for_each(|byte| *byte = 0);
        }
        // Behind the times: of `mvhd` and `mdhd` the timescale, of `tkhd` the id and
        // a reserved field (ISO/IEC 14496-12, 8.2.2, 8.3.2, 8.4.2).
        let track = self
            .durations
            .tracks
            .iter()
            .find(|(id, ..)| *id == self.track_id);
        let (at, new) = match &header.kind {
            b"mvhd" => (times.saturating_add(4), Some(self.durations.movie)),
            b"tkhd" => (times.saturating_add(8), track.map(|(_, movie, _)| *movie)),
            _ => (times.saturating_add(4), track.map(|(.., media)| *media)),
        };
        set_duration(bytes.get_mut(at..), times == 20, new.unwrap_or_default());
        if self.style.from_quicktime && header.kind == *b"mdhd" {
            let language = if times == 20 { 32 } else { 20 };
            let undetermined = 0x55c4_u16.to_be_bytes();
            if let Some(field @ [0..4, _]) = bytes
                .get_mut(language..)
                .and_then(|rest| rest.first_chunk_mut())
            {
                *field = undetermined;
            }
        }
        Ok(())
    }

    /// Writes a handler (8.4.3) without the name of the program that wrote it.
    fn handler(&mut self, header: &BoxHeader) -> Result<(), ParseError> {
        let body = header.all(self.file)?;
        let rename = !self.style.keep && !is_plain(handler_name(body));
        if !rename && !self.style.from_quicktime {
            return self.copy(header);
        }
        let mark = self.begin(header)?;
        self.out
            .extend_from_slice(body.get(..4).unwrap_or_default());
        self.out.extend_from_slice(&[0; 4]);
        self.out
            .extend_from_slice(body.get(8..12).unwrap_or_default());
        self.out.extend_from_slice(&[0; 13]);
        self.end(mark, header)
    }
}

/// Writes a duration where there is none, in a box of version 1 or 0.
fn set_duration(field: Option<&mut [u8]>, is_long: bool, duration: u32) {
    let width = if is_long { 8 } else { 4 };
    let Some(field) = field.and_then(|rest| rest.get_mut(..width)) else {
        return;
    };
    let is_unknown = field.iter().all(|byte| *byte == 0) || field.iter().all(|byte| *byte == 0xff);
    if is_unknown && duration != 0 {
        field.fill(0);
        if let Some(low) = field.last_chunk_mut() {
            *low = duration.to_be_bytes();
        }
    }
}

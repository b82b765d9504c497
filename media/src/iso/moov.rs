//! The index written anew.

use super::boxes::Head;
use super::grammar::{Level, Verdict, is_padding, is_quicktime, verdict};
use super::metadata::{is_plain, times};
use super::offsets::{Table, table};
use super::survey::handler_name;
use super::tracks::Trak;
use super::{entries, references};
use crate::inspection::TrackKind;
use crate::known::{Known, Stop};

/// How the index is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether metadata stay.
    pub keep: bool,
    /// Whether what `QuickTime` writes in a way of its own becomes what MP4 writes.
    pub from_quicktime: bool,
    /// Whether a codec is refused that has no place in an MP4.
    pub checked: bool,
    /// What may move.
    pub moves: Moving,
}

/// What may move when the index is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moving {
    /// Nothing: what goes leaves an empty box of its size.
    Nothing,
    /// Everything.
    All,
    /// Everything, and places in the file take eight bytes.
    Far,
}

/// The index that is being written.
pub struct Writer<'a> {
    pub(super) known: &'a Known,
    pub(super) style: Style,
    tracks: &'a [Trak],
    goes: &'a [bool],
    next: usize,
    /// What the track carries that is being written.
    pub(super) kind: TrackKind,
    /// What is written.
    pub out: Vec<u8>,
    /// The tables in it that say where data are.
    pub tables: Vec<Table>,
}

impl<'a> Writer<'a> {
    /// An index with these tracks, of which those go that `goes` says.
    pub const fn new(known: &'a Known, tracks: &'a [Trak], goes: &'a [bool], style: Style) -> Self {
        Self {
            known,
            style,
            tracks,
            goes,
            next: 0,
            kind: TrackKind::Other,
            out: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// Whether nothing may move.
    pub(super) fn in_place(&self) -> bool {
        self.style.moves == Moving::Nothing
    }

    /// Writes the index `moov`.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn write(&mut self, moov: &Head) -> Result<(), Stop> {
        self.opened(moov, Level::Moov)
    }

    /// Writes a box whose boxes are judged one by one.
    fn opened(&mut self, head: &Head, level: Level) -> Result<(), Stop> {
        let mark = self.begin(head)?;
        let mut children = head.children();
        while let Some(child) = children.next(self.known)? {
            match verdict(level, child.name) {
                Verdict::Opened(Level::Trak) => self.track(&child)?,
                Verdict::Opened(inner) => self.opened(&child, inner)?,
                Verdict::Stays => self.leaf(level, &child)?,
                Verdict::Goes if self.stays_beside(level, &child) => self.copy(&child)?,
                Verdict::Goes => self.leave(&child)?,
            }
        }
        self.end(mark, head)
    }

    /// Whether a box stays that no player needs.
    fn stays_beside(&self, level: Level, head: &Head) -> bool {
        let plays = matches!(self.kind, TrackKind::Video | TrackKind::Audio);
        // Tracks of QuickTime that are neither picture nor sound stay as they are.
        let foreign =
            self.style.from_quicktime && (level == Level::Moov || plays) && is_quicktime(head.name);
        self.style.keep && !foreign && !is_padding(head.name)
    }

    fn track(&mut self, head: &Head) -> Result<(), Stop> {
        let (track, goes) = (self.tracks.get(self.next), self.goes.get(self.next));
        let (Some(track), Some(goes)) = (track, goes) else {
            return Err(Stop::Malformed("its tracks have changed"));
        };
        self.next = self.next.saturating_add(1);
        self.kind = track.kind();
        if *goes {
            self.leave(head)?;
        } else {
            self.opened(head, Level::Trak)?;
        }
        self.kind = TrackKind::Other;
        Ok(())
    }

    /// Whether a track with this number goes.
    pub(super) fn is_gone(&self, id: u32) -> bool {
        let mut all = self.tracks.iter().zip(self.goes);
        all.any(|(track, goes)| *goes && track.id == id)
    }

    /// Writes a box that stays, but for what in it tells something.
    fn leaf(&mut self, level: Level, head: &Head) -> Result<(), Stop> {
        match &head.name {
            b"mvhd" | b"tkhd" | b"mdhd" => self.header(head),
            b"hdlr" => self.handler(head),
            b"tref" => references::write(self, head),
            b"mvex" if self.in_place() => references::write_defaults(self, head),
            // No fragment follows.
            b"mvex" => Ok(()),
            b"dref" => entries::data(self, head),
            b"stsd" => entries::samples(self, head),
            b"stco" | b"co64" if level == Level::Stbl && !self.in_place() => {
                self.tables.push(table(
                    self.known,
                    head,
                    self.style.moves == Moving::Far,
                    &mut self.out,
                )?);
                Ok(())
            }
            b"saio" if !self.in_place() => Err(Stop::Unsupported("it is encrypted")),
            _ => self.copy(head),
        }
    }

    /// Writes a header without its times, and with a language as MP4 has it.
    fn header(&mut self, head: &Head) -> Result<(), Stop> {
        let from = self.out.len();
        self.copy(head)?;
        let body =
            from.saturating_add(usize::try_from(head.body.saturating_sub(head.at)).unwrap_or(8));
        let times = times(self.known, head)?;
        let bytes = self.out.get_mut(body..).unwrap_or_default();
        if !self.style.keep {
            bytes
                .iter_mut()
                .take(times)
                .skip(4)
                .for_each(|byte| *byte = 0);
        }
        if self.style.from_quicktime && head.name == *b"mdhd" {
            let language = if times == 20 { 32 } else { 20 };
            let undetermined = 0x55c4_u16.to_be_bytes();
            if let Some(place @ [0..4, _]) = bytes
                .get_mut(language..)
                .and_then(|rest| rest.first_chunk_mut())
            {
                *place = undetermined;
            }
        }
        Ok(())
    }

    /// Writes a handler without the name of the program that wrote it.
    fn handler(&mut self, head: &Head) -> Result<(), Stop> {
        let body = head.all(self.known)?;
        let rename = !self.style.keep && !is_plain(handler_name(body));
        if !rename && !self.style.from_quicktime {
            return self.copy(head);
        }
        let mark = self.begin(head)?;
        self.out
            .extend_from_slice(body.get(..4).unwrap_or_default());
        self.out.extend_from_slice(&[0; 4]);
        self.out
            .extend_from_slice(body.get(8..12).unwrap_or_default());
        self.out.extend_from_slice(&[0; 13]);
        self.end(mark, head)
    }

    /// Copies a box.
    pub(super) fn copy(&mut self, head: &Head) -> Result<(), Stop> {
        let size = head.end.saturating_sub(head.at);
        let bytes = self
            .known
            .get(head.at, usize::try_from(size).map_err(|_| Stop::Bound)?)?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    /// Leaves a box out.
    pub(super) fn leave(&mut self, head: &Head) -> Result<(), Stop> {
        if !self.in_place() {
            return Ok(());
        }
        let mark = self.begin(head)?;
        let name = self.out.get_mut(mark.saturating_add(4)..);
        if let Some(name) = name.and_then(|rest| rest.first_chunk_mut()) {
            *name = *b"free";
        }
        self.end(mark, head)
    }

    /// Begins a box like an old one.
    pub(super) fn begin(&mut self, head: &Head) -> Result<usize, Stop> {
        let mark = self.out.len();
        if self.in_place() {
            let length = head.body.saturating_sub(head.at);
            let length = usize::try_from(length).map_err(|_| Stop::Bound)?;
            self.out.extend_from_slice(self.known.get(head.at, length)?);
        } else {
            self.out.extend_from_slice(&[0; 4]);
            self.out.extend_from_slice(&head.name);
        }
        Ok(mark)
    }

    /// Ends a box, which gets its size, or zeros up to the size that it had.
    pub(super) fn end(&mut self, mark: usize, head: &Head) -> Result<(), Stop> {
        let size = self.out.len().saturating_sub(mark);
        if self.in_place() {
            let old = head.end.saturating_sub(head.at);
            let old = usize::try_from(old).map_err(|_| Stop::Bound)?;
            if size > old {
                return Err(Stop::Malformed("a box is too small for what it holds"));
            }
            self.out.resize(mark.saturating_add(old), 0);
            return Ok(());
        }
        let size = u32::try_from(size).map_err(|_| Stop::Bound)?;
        if let Some(place) = self
            .out
            .get_mut(mark..)
            .and_then(|rest| rest.first_chunk_mut())
        {
            *place = size.to_be_bytes();
        }
        Ok(())
    }
}

//! Fragments of the index, in which nothing may move.

use super::boxes::Head;
use super::edits::Edit;
use super::grammar::is_padding;
use super::metadata;
use super::runs::{Column, Header, Run};
use crate::inspection::Inspection;
use crate::known::{Known, Stop};
use crate::rewrite::Plan;

/// A track that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Its number.
    pub id: u32,
    /// How large its samples are, where no fragment says it.
    pub size: u32,
}

/// The emptying of a fragment.
pub struct Emptying<'a> {
    known: &'a Known,
    moof: &'a Head,
    goes: &'a [Gone],
    found: &'a mut Inspection,
    edits: Vec<Edit>,
    /// Whether a track's fragment has come by.
    second: bool,
}

impl<'a> Emptying<'a> {
    /// Notes what a fragment `moof` tells that no player needs; how that and the
    /// tracks that go are to be emptied.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn of(
        known: &'a Known,
        moof: &'a Head,
        goes: &'a [Gone],
        found: &'a mut Inspection,
    ) -> Result<Vec<Edit>, Stop> {
        let mut emptying = Self {
            known,
            moof,
            goes,
            found,
            edits: Vec::new(),
            second: false,
        };
        let mut children = moof.children();
        while let Some(child) = children.next(known)? {
            match &child.name {
                b"mfhd" => {}
                b"traf" => emptying.track(&child)?,
                _ => emptying.beside(&child)?,
            }
        }
        Ok(emptying.edits)
    }

    fn edit(&mut self, edit: Edit) -> Result<(), Stop> {
        if self.edits.len() == Plan::MOST_PIECES {
            return Err(Stop::Bound);
        }
        self.edits.push(edit);
        Ok(())
    }

    fn beside(&mut self, head: &Head) -> Result<(), Stop> {
        if !is_padding(head.name) || head.length() != 0 {
            metadata::notice(self.known, head, self.found)?;
            self.edit(Edit::free(self.known, head)?)?;
        }
        Ok(())
    }

    fn track(&mut self, traf: &Head) -> Result<(), Stop> {
        const NO_PLACE: Stop = Stop::Malformed("a fragment does not say where its data are");
        let tfhd = traf.find(self.known, *b"tfhd")?;
        let header = Header::read(self.known, &tfhd.ok_or(NO_PLACE)?)?;
        let gone = self.goes.iter().find(|gone| gone.id == header.id).copied();
        // Otherwise its data follow those of the track before it.
        let says = header.base.is_some() || header.from_fragment || !self.second;
        self.second = true;
        if !says && !self.goes.is_empty() {
            return Err(NO_PLACE);
        }
        if let Some(gone) = gone {
            let size = header.size.unwrap_or(gone.size);
            self.data(traf, header.base.unwrap_or(self.moof.at), size)?;
            return self.edit(Edit::free(self.known, traf)?);
        }
        let mut children = traf.children();
        while let Some(child) = children.next(self.known)? {
            match &child.name {
                b"tfhd" | b"tfdt" | b"trun" | b"saiz" | b"saio" | b"sbgp" | b"sgpd" | b"subs"
                | b"senc" | b"sdtp" => {}
                _ => self.beside(&child)?,
            }
        }
        Ok(())
    }

    /// Empties the data of a track.
    fn data(&mut self, traf: &Head, base: u64, size: u32) -> Result<(), Stop> {
        let mut at = base;
        let mut runs = traf.children();
        while let Some(trun) = runs.find(self.known, *b"trun")? {
            let run = Run::read(self.known, &trun)?;
            if let Some(offset) = run.offset {
                at = base.saturating_add_signed(offset.into());
            }
            let from = at;
            at = at.saturating_add(run.sum(Column::Size, size));
            // What comes before would be the fragment itself.
            let end = self.moof.end;
            self.edit(Edit::zeros(from.max(end), at.max(end)))?;
        }
        Ok(())
    }
}

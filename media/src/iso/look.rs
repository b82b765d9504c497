//! Looking into a film, a recording or a picture.

use super::boxes::Head;
use super::brands::Family;
use super::fragments::Emptying;
use super::lasting::Lasting;
use super::survey::survey;
use super::top::{Item, Role};
use super::tracks::Trak;
use super::{heif, metadata};
use crate::inspection::{Inspection, Private, TrackKind};
use crate::known::{Known, Stop};

/// Looks into a file: its index and the heads of its other boxes are read.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    let mut look = Look::default();
    let outcome = look.walk(known, found);
    let has = |kind| look.tracks.iter().any(|track| track.kind() == kind);
    let (video, audio) = (has(TrackKind::Video), has(TrackKind::Audio));
    found.format = look.family.kind(video, audio);
    found.animated = matches!(look.family, Family::Picture(_)) && !look.tracks.is_empty();
    if found.width.is_none() {
        look.picture(found);
    }
    found.duration = look.lasting.seconds(look.tracks.first(), outcome.is_ok());
    outcome
}

#[derive(Default)]
struct Look {
    family: Family,
    tracks: Vec<Trak>,
    /// Whether the index has come by.
    index: bool,
    /// Whether a picture's description has.
    meta: bool,
    lasting: Lasting,
}

impl Look {
    fn walk(&mut self, known: &Known, found: &mut Inspection) -> Result<(), Stop> {
        let mut at = 0;
        loop {
            match Item::at(known, at, self.index || self.meta)? {
                Item::Box(role, head) => {
                    self.item(known, role, &head, found)?;
                    at = head.end;
                }
                Item::Trailing(_) => {
                    found.tells(Private::Trailing);
                    return Ok(());
                }
                Item::End if self.index || self.meta => return Ok(()),
                Item::End => return Err(Stop::Truncated),
            }
        }
    }

    fn item(
        &mut self,
        known: &Known,
        role: Role,
        head: &Head,
        found: &mut Inspection,
    ) -> Result<(), Stop> {
        let is_picture = matches!(self.family, Family::Picture(_));
        match role {
            Role::Brands => self.family = Family::read(known, head)?,
            Role::Index if !self.index => self.index(known, head, found)?,
            Role::Index => return Err(Stop::Malformed("it has two indexes")),
            Role::Fragment => self.fragment(known, head, found)?,
            Role::Beside if is_picture && head.name == *b"meta" => {
                self.meta = true;
                heif::look(known, head, found)?;
            }
            Role::Padding | Role::Beside => metadata::notice(known, head, found)?,
            Role::Data | Role::OfFragments => {}
        }
        if head.end > known.size() {
            return Err(Stop::Truncated);
        }
        Ok(())
    }

    fn index(&mut self, known: &Known, moov: &Head, found: &mut Inspection) -> Result<(), Stop> {
        self.index = true;
        self.lasting = Lasting::read(known, moov)?;
        survey(known, moov, found, &mut self.tracks)
    }

    fn fragment(&mut self, known: &Known, moof: &Head, found: &mut Inspection) -> Result<(), Stop> {
        // How it would be emptied is of no use here, but what it tells is.
        Emptying::of(known, moof, &[], found)?;
        if let Some(first) = self.tracks.first() {
            self.lasting.add(known, moof, first)?;
        }
        Ok(())
    }

    /// Measures and turn of the first track with a picture.
    fn picture(&self, found: &mut Inspection) {
        let mut tracks = self.tracks.iter();
        if let Some(track) = tracks.find(|track| track.kind() == TrackKind::Video) {
            found.width = track.size.map(|(width, _)| width);
            found.height = track.size.map(|(_, height)| height);
            found.orientation = track.orientation;
        }
    }
}

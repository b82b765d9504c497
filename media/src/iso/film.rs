//! A film or a recording that is to be made anew.

use super::Target;
use super::boxes::Head;
use super::brands::{Family, ftyp};
use super::edits::{Edit, Edits};
use super::entries::fits;
use super::fragments::Emptying;
use super::index::{Index, whole};
use super::metadata::notice;
use super::moov::{Moving, Style};
use super::survey::survey;
use super::top::{Item, Role};
use super::tracks::Trak;
use crate::inspection::{Inspection, Kind, Private, TrackKind};
use crate::known::{Known, Stop};
use crate::rewrite::{Change, Piece, Plan};

/// What is gathered of the old file, box by box.
#[derive(Debug)]
pub struct Film {
    target: Target,
    keep: bool,
    family: Family,
    brands: Option<(Head, Vec<u8>)>,
    index: Option<Index>,
    /// The boxes that stay beside brands and index.
    stay: Vec<Head>,
    fragmented: bool,
    /// Whether data came before the index.
    late: bool,
    /// How what goes is emptied, should nothing move.
    edits: Vec<Edit>,
    told: Inspection,
    /// Where the boxes end, behind which something may trail.
    end: u64,
}

impl Film {
    /// Nothing is known yet.
    pub fn new(target: Target, keep: bool) -> Self {
        Self {
            target,
            keep,
            family: Family::default(),
            brands: None,
            index: None,
            stay: Vec::new(),
            fragmented: false,
            late: false,
            edits: Vec::new(),
            told: Inspection::default(),
            end: 0,
        }
    }

    /// Takes the box at `at`, and says where the next one is; `None` at the end.
    ///
    /// # Errors
    ///
    /// Any [`Stop`]. After a need, the same box is to be taken again.
    pub fn take(&mut self, known: &Known, at: u64) -> Result<Option<u64>, Stop> {
        let (role, head) = match Item::at(known, at, self.index.is_some())? {
            Item::Box(role, head) => (role, head),
            Item::Trailing(from) => {
                self.told.tells(Private::Trailing);
                self.end = from;
                return Ok(None);
            }
            Item::End => {
                self.end = known.size();
                return Ok(None);
            }
        };
        if head.end > known.size() {
            return Err(Stop::Truncated);
        }
        match role {
            Role::Brands => self.brands(known, &head)?,
            Role::Index => self.index(known, &head)?,
            Role::Data => self.stays(&head)?,
            Role::Fragment => self.fragment(known, &head)?,
            Role::OfFragments => {}
            Role::Padding | Role::Beside => self.beside(known, role, &head)?,
        }
        Ok(Some(head.end))
    }

    fn brands(&mut self, known: &Known, head: &Head) -> Result<(), Stop> {
        self.family = Family::read(known, head)?;
        match self.family {
            Family::Picture(_) | Family::Raw => Err(Stop::Unsupported("it is a picture")),
            _ => {
                let size = usize::try_from(head.end.saturating_sub(head.at));
                let size = size.ok().filter(|size| *size <= 1024).ok_or(Stop::Bound)?;
                self.brands = Some((*head, known.get(head.at, size)?.to_vec()));
                Ok(())
            }
        }
    }

    fn stays(&mut self, head: &Head) -> Result<(), Stop> {
        if self.stay.len() == Plan::MOST_PIECES {
            return Err(Stop::Bound);
        }
        self.stay.push(*head);
        Ok(())
    }

    fn beside(&mut self, known: &Known, role: Role, head: &Head) -> Result<(), Stop> {
        if matches!(&head.name, b"udta" | b"meta") {
            notice(&whole(known, head)?, head, &mut self.told)?;
        } else {
            notice(known, head, &mut self.told)?;
        }
        if self.keep {
            return if role == Role::Beside {
                self.stays(head)
            } else {
                Ok(())
            };
        }
        if head.length() != 0 {
            let edit = Edit::free(known, head)?;
            self.edit(vec![edit])?;
        }
        Ok(())
    }

    fn edit(&mut self, edits: Vec<Edit>) -> Result<(), Stop> {
        self.edits.extend(edits);
        if self.edits.len() > Plan::MOST_PIECES {
            return Err(Stop::Bound);
        }
        Ok(())
    }

    fn fragment(&mut self, known: &Known, head: &Head) -> Result<(), Stop> {
        let Some(index) = &self.index else {
            return Err(Stop::Malformed("a fragment comes before the index"));
        };
        self.fragmented = true;
        if self.keep {
            return Ok(());
        }
        let own = whole(known, head)?;
        let edits = Emptying::of(&own, head, &index.gone, &mut self.told)?;
        self.edit(edits)
    }

    fn index(&mut self, known: &Known, head: &Head) -> Result<(), Stop> {
        if self.index.is_some() {
            return Err(Stop::Malformed("it has two indexes"));
        }
        let own = whole(known, head)?;
        let mut tracks = Vec::new();
        survey(&own, head, &mut self.told, &mut tracks)?;
        self.suits(&tracks)?;
        let goes = tracks
            .iter()
            .map(|track| self.goes(track, &tracks))
            .collect();
        self.late = self.stay.iter().any(|head| head.name == *b"mdat");
        self.index = Some(Index::new(*head, own, tracks, goes)?);
        Ok(())
    }

    /// Refuses what is of the other sort.
    fn suits(&self, tracks: &[Trak]) -> Result<(), Stop> {
        let has = |kind| tracks.iter().any(|track| track.kind() == kind);
        let words = match (self.target, has(TrackKind::Video), has(TrackKind::Audio)) {
            (Target::Mp4, true, _) | (Target::Voice, false, true) => return Ok(()),
            (Target::Voice, true, _) => "it is a video, not a voice note",
            (Target::Mp4, false, true) => "it is a voice note, not a video",
            (_, false, false) => "it has neither picture nor sound",
        };
        Err(Stop::Unsupported(words))
    }

    /// Whether a track goes: one that is neither picture nor sound, or one whose
    /// sound has no place in an MP4 beside another that has, as telephones
    /// record in more than one codec at once.
    fn goes(&self, track: &Trak, all: &[Trak]) -> bool {
        let sounds = |one: &Trak| one.kind() == TrackKind::Audio && fits(one.kind(), one.codec());
        let double = self.is_repackaged()
            && track.kind() == TrackKind::Audio
            && !sounds(track)
            && all.iter().any(sounds);
        !self.keep && (!track.plays() || double)
    }

    /// What the new file is.
    const fn kind(&self) -> Kind {
        match (self.target, self.family) {
            (Target::Mp4, _) => Kind::Mp4,
            (Target::Voice, Family::ThreeGp) => Kind::ThreeGp,
            (Target::Voice, _) => Kind::M4a,
        }
    }

    /// Whether it gets other brands. Sound gets a brand of its own where it had
    /// a general one, since programs take that for a video.
    const fn is_repackaged(&self) -> bool {
        match self.target {
            Target::Mp4 => !matches!(self.family, Family::General),
            Target::Voice => !matches!(self.family, Family::M4a | Family::ThreeGp),
        }
    }

    const fn style(&self, moves: Moving) -> Style {
        let repackaged = self.is_repackaged();
        Style {
            keep: self.keep,
            from_quicktime: repackaged && matches!(self.family, Family::QuickTime),
            checked: repackaged && !matches!(self.family, Family::General),
            moves,
        }
    }

    /// How the new file is made.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn plan(&self, size: u64) -> Result<Plan, Stop> {
        let index = self.index.as_ref().ok_or(Stop::Truncated)?;
        let mut plan = Plan {
            format: self.kind(),
            ..Plan::default()
        };
        if !self.keep {
            for what in &self.told.private {
                plan.took_out(*what);
            }
        }
        if self.late && !self.fragmented {
            plan.did(Change::FastStart);
        }
        if self.is_repackaged() {
            plan.did(Change::Repackaged);
        }
        if plan.changes.is_empty() {
            plan.keep(0, size)?;
            return Ok(plan);
        }
        if self.fragmented {
            self.in_place(index, &mut plan)?;
        } else {
            self.anew(index, &mut plan)?;
        }
        if self.keep {
            plan.keep(self.end, size)?;
        }
        Ok(plan)
    }

    /// Brands and index in front, and the data behind them.
    fn anew(&self, index: &Index, plan: &mut Plan) -> Result<(), Stop> {
        let mut front = self.new_brands();
        let begin = front.len() as u64;
        front.extend(index.anew(self.style(Moving::All), &self.stay, begin)?);
        plan.push(Piece::Bytes(front))?;
        let zeros = Edits::of(index.zeros()?);
        for head in &self.stay {
            plan.keep(head.at, head.body)?;
            zeros.keep(plan, head.body, head.end)?;
        }
        Ok(())
    }

    fn new_brands(&self) -> Vec<u8> {
        match &self.brands {
            Some((_, old)) if !self.is_repackaged() => old.clone(),
            Some((_, old)) if self.family == Family::General => {
                let mut new = old.clone();
                if let Some(major) = new.get_mut(8..12) {
                    major.copy_from_slice(b"M4A ");
                }
                new
            }
            _ => ftyp(self.kind(), 2),
        }
    }

    /// Everything where it was.
    fn in_place(&self, index: &Index, plan: &mut Plan) -> Result<(), Stop> {
        let mut edits = self.edits.clone();
        edits.push(Edit {
            from: index.head.at,
            to: index.head.end,
            new: index.written(self.style(Moving::Nothing))?.out,
        });
        if self.is_repackaged() {
            edits.push(self.brands_in_place()?);
        }
        Edits::of(edits).keep(plan, 0, self.end)
    }

    fn brands_in_place(&self) -> Result<Edit, Stop> {
        let Some((head, old)) = &self.brands else {
            return Err(Stop::Unsupported("a film in fragments has no brands"));
        };
        let new = if self.family == Family::General {
            self.new_brands()
        } else {
            let others = old.len().saturating_sub(16).checked_div(4);
            ftyp(self.kind(), others.unwrap_or_default())
        };
        Ok(Edit {
            from: head.at,
            to: head.end,
            new,
        })
    }
}

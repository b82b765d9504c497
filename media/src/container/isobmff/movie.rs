//! A movie or a recording that is being rewritten.

use super::brand::{BrandFamily, ftyp};
use super::duration::MovieDuration;
use super::edits::{Edit, Edits};
use super::fragment::{FragmentScrubber, samples_end};
use super::header::BoxHeader;
use super::metadata::notice;
use super::movie_box::{MovieBox, whole};
use super::movie_box_reader::MovieBoxReader;
use super::sample_entries::fits;
use super::top_level::{Role, TopLevel};
use super::track::MovieTrack;
use super::writer::{Durations, OffsetPolicy, Style};
use crate::formats::Format;
use crate::plan::{Change, Piece, Plan};
use crate::report::{Inspection, Private, TrackKind};
use crate::sparse_file::{ParseError, SparseFile};

/// What the new file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovieTarget {
    /// A video that Divar takes: MP4.
    Mp4,
    /// A voice note that Divar takes: M4A, or 3GP where the old file is one.
    Voice,
}

/// Refuses a voice note as a video, and a video as a voice note.
pub fn check_target(
    tracks: &[MovieTrack],
    target: Option<MovieTarget>,
) -> Result<MovieTarget, ParseError> {
    let has = |kind| tracks.iter().any(|track| track.kind() == kind);
    let content = match (has(TrackKind::Video), has(TrackKind::Audio)) {
        (true, _) => MovieTarget::Mp4,
        (false, true) => MovieTarget::Voice,
        (false, false) => {
            return Err(ParseError::Unsupported("it has neither picture nor sound"));
        }
    };
    match (target, content) {
        (Some(MovieTarget::Voice), MovieTarget::Mp4) => {
            Err(ParseError::Unsupported("it is a video, not a voice note"))
        }
        (Some(MovieTarget::Mp4), MovieTarget::Voice) => {
            Err(ParseError::Unsupported("it is a voice note, not a video"))
        }
        _ => Ok(content),
    }
}

/// Refuses tracks that are protected, and an index without samples.
pub fn check_tracks(tracks: &[MovieTrack], fragmented: bool) -> Result<(), ParseError> {
    let mut playing = tracks.iter().filter(|track| track.plays()).peekable();
    if playing.peek().is_none() {
        return Ok(());
    }
    if tracks.iter().any(MovieTrack::is_protected) {
        return Err(ParseError::Unsupported("it is protected against copying"));
    }
    if !fragmented && playing.all(|track| track.samples == Some(0)) {
        return Err(ParseError::Unsupported(
            "its index names no samples: there is nothing to play",
        ));
    }
    Ok(())
}

/// What is known of the old file, box by box.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Movie {
    target: MovieTarget,
    keep: bool,
    family: BrandFamily,
    brands: Option<(BoxHeader, Vec<u8>)>,
    index: Option<MovieBox>,
    /// The boxes that are kept beside brands and index.
    stay: Vec<BoxHeader>,
    fragmented: bool,
    duration: MovieDuration,
    /// Where the samples of the last fragment end.
    fragment_end: u64,
    /// Whether the last box claims more bytes than there are.
    overlong: bool,
    /// Whether samples come before the index.
    late: bool,
    /// How removed parts are overwritten where nothing is moved.
    edits: Vec<Edit>,
    told: Inspection,
    /// Where the boxes end. Something may lie behind them.
    end: u64,
}

impl Movie {
    /// A file of which nothing was read.
    pub fn new(target: MovieTarget, keep: bool) -> Self {
        Self {
            target,
            keep,
            family: BrandFamily::default(),
            brands: None,
            index: None,
            stay: Vec::new(),
            fragmented: false,
            duration: MovieDuration::default(),
            fragment_end: 0,
            overlong: false,
            late: false,
            edits: Vec::new(),
            told: Inspection::default(),
            end: 0,
        }
    }

    /// Reads the box at `at`. The offset of the next one, or `None` at the end. After
    /// `Incomplete` the same box is read again.
    pub fn take(&mut self, file: &SparseFile, at: u64) -> Result<Option<u64>, ParseError> {
        let (role, header) = match TopLevel::at(file, at, self.index.is_some())? {
            TopLevel::Box(role, header) => (role, header),
            TopLevel::Trailing(from) => {
                self.told.tells(Private::Trailing);
                self.end = from;
                return Ok(None);
            }
            TopLevel::End => {
                self.end = file.size();
                return Ok(None);
            }
        };
        let mut header = header;
        if header.end > file.size() {
            // Whether samples are missing, the index tells.
            if role != Role::MediaData || self.index.is_none() {
                return Err(ParseError::Truncated);
            }
            header.end = file.size();
            self.overlong = true;
        }
        match role {
            Role::FileType => self.brands(file, &header)?,
            Role::Movie => self.index(file, &header)?,
            Role::MediaData => self.stays(&header)?,
            Role::Fragment => self.fragment(file, &header)?,
            Role::FragmentIndex => {}
            Role::Padding | Role::Other => self.beside(file, role, &header)?,
        }
        Ok(Some(header.end))
    }

    fn brands(&mut self, file: &SparseFile, header: &BoxHeader) -> Result<(), ParseError> {
        self.family = BrandFamily::read(file, header)?;
        match self.family {
            BrandFamily::Picture(_) | BrandFamily::Raw => {
                Err(ParseError::Unsupported("it is a picture"))
            }
            _ => {
                let size = usize::try_from(header.end.saturating_sub(header.at));
                let size = size
                    .ok()
                    .filter(|size| *size <= 1024)
                    .ok_or(ParseError::LimitExceeded)?;
                self.brands = Some((*header, file.get(header.at, size)?.to_vec()));
                Ok(())
            }
        }
    }

    fn stays(&mut self, header: &BoxHeader) -> Result<(), ParseError> {
        if self.stay.len() == Plan::MOST_PIECES {
            return Err(ParseError::LimitExceeded);
        }
        self.stay.push(*header);
        Ok(())
    }

    fn beside(
        &mut self,
        file: &SparseFile,
        role: Role,
        header: &BoxHeader,
    ) -> Result<(), ParseError> {
        if matches!(&header.kind, b"udta" | b"meta") {
            notice(&whole(file, header)?, header, &mut self.told)?;
        } else {
            notice(file, header, &mut self.told)?;
        }
        if self.keep {
            return if role == Role::Other {
                self.stays(header)
            } else {
                Ok(())
            };
        }
        if header.length() != 0 {
            let edit = Edit::free(file, header)?;
            self.edit(vec![edit])?;
        }
        Ok(())
    }

    fn edit(&mut self, edits: Vec<Edit>) -> Result<(), ParseError> {
        self.edits.extend(edits);
        if self.edits.len() > Plan::MOST_PIECES {
            return Err(ParseError::LimitExceeded);
        }
        Ok(())
    }

    fn fragment(&mut self, file: &SparseFile, header: &BoxHeader) -> Result<(), ParseError> {
        let Some(index) = &self.index else {
            return Err(ParseError::Malformed("a fragment comes before the index"));
        };
        let own = whole(file, header)?;
        self.fragmented = true;
        self.duration.add_fragment(&own, header)?;
        self.fragment_end = samples_end(&own, header)?;
        if self.keep {
            return Ok(());
        }
        let edits = FragmentScrubber::scrub(&own, header, &index.gone, &mut self.told)?;
        self.edit(edits)
    }

    fn index(&mut self, file: &SparseFile, header: &BoxHeader) -> Result<(), ParseError> {
        if self.index.is_some() {
            return Err(ParseError::Malformed("it has two indexes"));
        }
        let own = whole(file, header)?;
        let mut reader = MovieBoxReader::new(header);
        reader.read(&own, &mut self.told)?;
        let tracks = reader.tracks;
        self.duration = reader.duration;
        check_target(&tracks, Some(self.target))?;
        let removed = tracks
            .iter()
            .map(|track| self.is_removed(track, &tracks))
            .collect();
        self.late = self.stay.iter().any(|header| header.kind == *b"mdat");
        self.index = Some(MovieBox::new(*header, own, tracks, removed)?);
        Ok(())
    }

    /// Whether a track is removed: one that is neither video nor audio, or audio that
    /// MP4 cannot hold beside audio that it can: phones record in more than one
    /// codec at once.
    fn is_removed(&self, track: &MovieTrack, all: &[MovieTrack]) -> bool {
        let sounds =
            |one: &MovieTrack| one.kind() == TrackKind::Audio && fits(one.kind(), one.codec());
        let double = self.is_repackaged()
            && track.kind() == TrackKind::Audio
            && !sounds(track)
            && all.iter().any(sounds);
        !self.keep && (!track.plays() || double)
    }

    /// What the new file is.
    const fn kind(&self) -> Format {
        match (self.target, self.family) {
            (MovieTarget::Mp4, _) => Format::Mp4,
            (MovieTarget::Voice, BrandFamily::ThreeGp) => Format::ThreeGp,
            (MovieTarget::Voice, _) => Format::M4a,
        }
    }

    /// Whether the brands are changed. Sound gets a brand of its own where it had a
    /// general one, which programs take for a video.
    const fn is_repackaged(&self) -> bool {
        match self.target {
            MovieTarget::Mp4 => !matches!(self.family, BrandFamily::General(_)),
            MovieTarget::Voice => !matches!(self.family, BrandFamily::M4a | BrandFamily::ThreeGp),
        }
    }

    const fn style(&self, moves: OffsetPolicy) -> Style {
        let repackaged = self.is_repackaged();
        Style {
            keep: self.keep,
            from_quicktime: repackaged && matches!(self.family, BrandFamily::QuickTime),
            checked: repackaged && !matches!(self.family, BrandFamily::General(_)),
            moves,
        }
    }

    /// The plan of the new file.
    pub fn plan(&self, size: u64) -> Result<Plan, ParseError> {
        let index = self.index.as_ref().ok_or(ParseError::Truncated)?;
        check_tracks(&index.tracks, self.fragmented)?;
        if self.overlong && !self.has_all_samples(index, size)? {
            return Err(ParseError::Truncated);
        }
        let mut plan = Plan {
            format: self.kind(),
            ..Plan::default()
        };
        if !self.keep {
            for what in &self.told.private {
                plan.removed(*what);
            }
        }
        if self.late && !self.fragmented {
            plan.changed(Change::FastStart);
        }
        if self.is_repackaged() {
            plan.changed(Change::Repackaged);
        }
        let index = &self.with_durations(index.clone());
        let needs_durations = index.durations.movie != 0;
        if plan.changes.is_empty() && !needs_durations && !self.overlong {
            plan.keep(0, size)?;
            return Ok(plan);
        }
        if self.fragmented {
            self.in_place(index, &mut plan)?;
        } else {
            self.relocated(index, &mut plan)?;
        }
        if self.keep {
            plan.keep(self.end, size)?;
        }
        Ok(plan)
    }

    /// Whether all samples are in the file, although its last box claims more bytes.
    fn has_all_samples(&self, index: &MovieBox, size: u64) -> Result<bool, ParseError> {
        if self.fragmented {
            return Ok(self.fragment_end <= size);
        }
        index.has_all_samples(size)
    }

    /// The index with the durations that the fragments add up to. Recorders leave
    /// those of the index at zero.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast saturates"
    )]
    fn with_durations(&self, mut index: MovieBox) -> MovieBox {
        let scale = f64::from(self.duration.timescale);
        let in_movie = |seconds: f64| (seconds * scale).round() as u32;
        if self.duration.seconds(&[], false).is_some() {
            return index;
        }
        let Some(longest) = self.duration.fragments(&index.tracks) else {
            return index;
        };
        let mut tracks = Vec::new();
        for track in &index.tracks {
            let one = std::slice::from_ref(track);
            let end = self.duration.ends.iter().find(|(id, _)| *id == track.id);
            if let (Some(seconds), Some((_, end))) = (self.duration.fragments(one), end) {
                let units = u32::try_from(*end).unwrap_or_default();
                tracks.push((track.id, in_movie(seconds), units));
            }
        }
        let movie = in_movie(longest);
        index.durations = Durations { movie, tracks };
        index
    }

    /// Puts brands and index in front, and the samples behind them.
    fn relocated(&self, index: &MovieBox, plan: &mut Plan) -> Result<(), ParseError> {
        let mut front = self.new_brands();
        let begin = front.len() as u64;
        front.extend(index.relocated(self.style(OffsetPolicy::Relocate), &self.stay, begin)?);
        plan.push(Piece::Bytes(front))?;
        let zeros = Edits::of(index.zeros()?);
        for header in &self.stay {
            if self.overlong && self.stay.last() == Some(header) {
                plan.push(Piece::Bytes(header.written()))?;
            } else {
                plan.keep(header.at, header.body)?;
            }
            zeros.keep(plan, header.body, header.end)?;
        }
        Ok(())
    }

    fn new_brands(&self) -> Vec<u8> {
        match &self.brands {
            Some((_, old)) if !self.is_repackaged() => old.clone(),
            Some((_, old)) if matches!(self.family, BrandFamily::General(_)) => {
                let mut new = old.clone();
                if let Some(major) = new.get_mut(8..12) {
                    major.copy_from_slice(b"M4A ");
                }
                new
            }
            _ => ftyp(self.kind(), 2),
        }
    }

    /// Leaves everything where it was.
    fn in_place(&self, index: &MovieBox, plan: &mut Plan) -> Result<(), ParseError> {
        let mut edits = self.edits.clone();
        edits.push(Edit {
            from: index.header.at,
            to: index.header.end,
            new: index.written(self.style(OffsetPolicy::InPlace))?.out,
        });
        if self.is_repackaged() {
            edits.push(self.brands_in_place()?);
        }
        if let (true, Some(header)) = (self.overlong, self.stay.last()) {
            edits.push(Edit {
                from: header.at,
                to: header.body,
                new: header.written(),
            });
        }
        Edits::of(edits).keep(plan, 0, self.end)
    }

    fn brands_in_place(&self) -> Result<Edit, ParseError> {
        let Some((header, old)) = &self.brands else {
            return Err(ParseError::Unsupported(
                "a movie in fragments has no brands",
            ));
        };
        let new = if matches!(self.family, BrandFamily::General(_)) {
            self.new_brands()
        } else {
            let others = old.len().saturating_sub(16).checked_div(4);
            ftyp(self.kind(), others.unwrap_or_default())
        };
        Ok(Edit {
            from: header.at,
            to: header.end,
            new,
        })
    }
}

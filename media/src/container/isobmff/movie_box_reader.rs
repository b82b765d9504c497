//! Reads the index `moov` (ISO/IEC 14496-12, 8.2.1): its tracks, and the personal
//! metadata in it.

use super::box_action::{BoxAction, Level, action, is_quicktime};
use super::duration::MovieDuration;
use super::header::BoxHeader;
use super::metadata::{handler_name, is_plain, names_files, notice, notice_times};
use super::track::MovieTrack;
use crate::report::{Inspection, Private, TrackKind};
use crate::sparse_file::{ParseError, SparseFile};

/// More boxes than any index has that a player can use.
const MOST_BOXES: u32 = 16 * 1024;

/// The reader. It keeps its position between calls.
#[derive(Debug)]
pub struct MovieBoxReader {
    /// The boxes around the current one, from `moov` on, and where in each of them
    /// the next box is.
    open: Vec<(Level, BoxHeader, u64)>,
    boxes: u32,
    /// The tracks that were read.
    pub tracks: Vec<MovieTrack>,
    pub duration: MovieDuration,
    /// The track that is being read, and the metadata in it.
    track: MovieTrack,
    track_report: Inspection,
}

impl MovieBoxReader {
    pub fn new(moov: &BoxHeader) -> Self {
        Self {
            open: vec![(Level::Moov, *moov, moov.body)],
            boxes: 0,
            tracks: Vec::new(),
            duration: MovieDuration::default(),
            track: MovieTrack::default(),
            track_report: Inspection::default(),
        }
    }

    /// Reads on, and notes tracks and metadata in `report`.
    pub fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        while let Some((level, header, at)) = self.open.last().copied() {
            if self.boxes >= MOST_BOXES {
                return Err(ParseError::LimitExceeded);
            }
            let mut children = header.children_from(at);
            let Some(child) = children.next(file)? else {
                if level == Level::Trak {
                    self.finish_track(file, report)?;
                }
                self.open.pop();
                continue;
            };
            let inner = self.visit(file, level, &child, report)?;
            self.boxes = self.boxes.saturating_add(1);
            if let Some((_, _, next)) = self.open.last_mut() {
                *next = child.end;
            }
            if let Some(inner) = inner {
                self.open.push((inner, child, child.body));
            }
        }
        Ok(())
    }

    /// Reads one box. The level of the boxes in it, if these are to be read.
    fn visit(
        &mut self,
        file: &SparseFile,
        level: Level,
        child: &BoxHeader,
        report: &mut Inspection,
    ) -> Result<Option<Level>, ParseError> {
        let found = if level == Level::Moov {
            &mut *report
        } else {
            &mut self.track_report
        };
        match action(level, child.kind) {
            BoxAction::Filter(Level::Trak) => {
                if self.tracks.len() == MovieTrack::MOST {
                    return Err(ParseError::LimitExceeded);
                }
                self.track = MovieTrack::default();
                self.track_report = Inspection::default();
                Ok(Some(Level::Trak))
            }
            BoxAction::Filter(inner) => {
                if inner == Level::Stbl {
                    self.track.stbl = self.track.stbl.or(Some(*child));
                }
                Ok(Some(inner))
            }
            BoxAction::Remove if is_quicktime(child.kind) => Ok(None),
            BoxAction::Remove if child.kind == *b"cmov" => {
                Err(ParseError::Unsupported("its index is compressed"))
            }
            BoxAction::Remove => notice(file, child, found).map(|()| None),
            BoxAction::Keep => {
                self.keep(file, level, child, report)?;
                Ok(None)
            }
        }
    }

    /// Reads a box that players need.
    fn keep(
        &mut self,
        file: &SparseFile,
        level: Level,
        child: &BoxHeader,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        let found = if level == Level::Moov {
            report
        } else {
            &mut self.track_report
        };
        match &child.kind {
            b"mvhd" => {
                self.duration.movie_header(file, child)?;
                notice_times(file, child, found)?;
            }
            b"mvex" => self.duration.movie_extends(file, child)?,
            b"tkhd" => {
                self.track.track_header(file, child)?;
                notice_times(file, child, found)?;
            }
            b"mdhd" => {
                self.track.media_header(file, child)?;
                notice_times(file, child, found)?;
            }
            b"hdlr" => {
                self.track.handler = child.array(file, 8)?;
                if !is_plain(handler_name(child.start(file, 64)?)) {
                    found.tells(Private::Device);
                }
            }
            b"dref" if names_files(file, child)? => found.tells(Private::Other),
            b"stsd" => self.track.sample_descriptions(file, child)?,
            b"stsz" | b"stz2" => self.track.sample_sizes(file, child)?,
            _ => {}
        }
        Ok(())
    }

    /// Notes the track that ends. Of one that is neither video nor audio, nothing
    /// is kept, so that only its own category is noted.
    fn finish_track(
        &mut self,
        file: &SparseFile,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        let track = &mut self.track;
        track.set_stored_size(file)?;
        match track.private(file)? {
            Some(what) => report.tells(what),
            None => report.tells_all(&self.track_report.private),
        }
        // The name of the compressor (12.1.3).
        if let (TrackKind::Video, Some(entry)) = (track.kind(), track.entry)
            && !is_plain(&entry.array::<32>(file, 42)?)
        {
            report.tells(Private::Device);
        }
        report.add_track(track.kind(), &track.codec());
        self.tracks.push(std::mem::take(track));
        Ok(())
    }
}

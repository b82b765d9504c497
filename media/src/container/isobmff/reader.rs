//! What a movie, a recording or a picture made of boxes is: the index and the
//! headers of the other boxes are read.

use super::brand::BrandFamily;
use super::fragment::{self, FragmentScrubber};
use super::header::BoxHeader;
use super::heif::PictureReader;
use super::metadata;
use super::movie_box_reader::MovieBoxReader;
use super::sample_data::check_samples;
use super::top_level::{Role, TopLevel};
use crate::reader::Reader;
use crate::report::{Inspection, Private, TrackKind};
use crate::sparse_file::{ParseError, SparseFile};

/// Reads a file made of boxes.
#[derive(Debug, Default)]
pub(crate) struct MovieReader {
    at: u64,
    family: BrandFamily,
    index: Option<MovieBoxReader>,
    index_read: bool,
    picture: Option<PictureReader>,
    picture_read: bool,
    fragmented: bool,
    /// Where the samples of the last fragment end.
    fragment_end: u64,
}

impl Reader for MovieReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        let outcome = self.walk(file, report);
        if !matches!(outcome, Err(ParseError::Incomplete(_))) {
            self.finish(report, outcome.is_ok());
        }
        outcome?;
        self.check_content()
    }
}

impl MovieReader {
    fn walk(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        loop {
            let is_described = self.index_read || self.picture_read;
            match TopLevel::at(file, self.at, is_described)? {
                TopLevel::Box(role, header) => {
                    self.visit(file, role, &header, report)?;
                    if header.end > file.size() {
                        // Whether samples are missing, the index tells.
                        return if role == Role::MediaData && self.index_read {
                            self.check_samples(file, false)
                        } else {
                            Err(ParseError::Truncated)
                        };
                    }
                    self.at = header.end;
                }
                TopLevel::Trailing(_) => {
                    report.tells(Private::Trailing);
                    return self.check_samples(file, true);
                }
                TopLevel::End if is_described => return self.check_samples(file, true),
                TopLevel::End => return Err(ParseError::Truncated),
            }
        }
    }

    fn visit(
        &mut self,
        file: &SparseFile,
        role: Role,
        header: &BoxHeader,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        match role {
            Role::FileType => self.family = BrandFamily::read(file, header)?,
            Role::Movie if self.index_read => {
                return Err(ParseError::Malformed("it has two indexes"));
            }
            Role::Movie => {
                let index = self
                    .index
                    .get_or_insert_with(|| MovieBoxReader::new(header));
                index.read(file, report)?;
                self.index_read = true;
            }
            Role::Fragment => self.fragment(file, header, report)?,
            Role::Other if header.kind == *b"meta" && self.is_picture() => {
                let picture = self.picture.get_or_insert_with(PictureReader::default);
                picture.read(file, header, report)?;
                self.picture_read = true;
            }
            Role::Other if header.kind == *b"mini" && self.is_picture() => {
                super::heif::minimized(file, header, report)?;
                self.picture_read = true;
            }
            Role::Padding | Role::Other => metadata::notice(file, header, report)?,
            _ => {}
        }
        Ok(())
    }

    /// Whether it may be a picture. A general brand leaves that open until the
    /// picture's description comes in front of any index.
    fn is_picture(&mut self) -> bool {
        if let (BrandFamily::General(Some(format)), None) = (self.family, &self.index) {
            self.family = BrandFamily::Picture(format);
        }
        matches!(self.family, BrandFamily::Picture(_))
    }

    fn fragment(
        &mut self,
        file: &SparseFile,
        moof: &BoxHeader,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        moof.prefetch(file)?;
        // What would be overwritten is not needed here, but its categories are.
        FragmentScrubber::scrub(file, moof, &[], report)?;
        self.fragment_end = fragment::samples_end(file, moof)?;
        if let Some(index) = &mut self.index {
            index.duration.add_fragment(file, moof)?;
        }
        self.fragmented = true;
        Ok(())
    }

    /// Whether samples are missing. Where the index does not tell cheaply where they
    /// end, the answer is `unless_known`.
    fn check_samples(&self, file: &SparseFile, unless_known: bool) -> Result<(), ParseError> {
        let Some(index) = &self.index else {
            return Ok(());
        };
        if self.fragmented {
            let is_whole = self.fragment_end <= file.size();
            return is_whole.then_some(()).ok_or(ParseError::Truncated);
        }
        check_samples(file, &index.tracks, unless_known)
    }

    /// Notes what all boxes together tell.
    fn finish(&self, report: &mut Inspection, all_read: bool) {
        let tracks = self.index.as_ref().map_or(&[][..], |index| &index.tracks);
        let has = |kind| tracks.iter().any(|track| track.kind() == kind);
        report.format = self
            .family
            .format(has(TrackKind::Video), has(TrackKind::Audio));
        report.animated = matches!(self.family, BrandFamily::Picture(_)) && !tracks.is_empty();
        let mut videos = tracks
            .iter()
            .filter(|track| track.kind() == TrackKind::Video);
        if report.width.is_none()
            && let Some(track) = videos.next()
        {
            report.width = track.size.map(|(width, _)| width);
            report.height = track.size.map(|(_, height)| height);
            report.orientation = track.orientation;
        }
        if let Some(index) = &self.index {
            report.duration = index.duration.seconds(tracks, all_read);
        }
    }

    /// Refuses what is protected, or has no samples.
    fn check_content(&self) -> Result<(), ParseError> {
        let Some(index) = self.index.as_ref().filter(|_| self.picture.is_none()) else {
            return Ok(());
        };
        super::movie::check_tracks(&index.tracks, self.fragmented)
    }
}

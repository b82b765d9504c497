//! From a file as it was chosen to one that Divar takes: what has to be done, and
//! the part of it that needs no decoder.

#[cfg(feature = "movies")]
use crate::container::isobmff::MovieTarget;
use crate::formats::{Format, MediaType};
use crate::inspect::Inspector;
use crate::plan::Plan;
use crate::report::{Inspection, TrackKind};
use crate::rewrite::Rewrite;
use crate::sparse_file::{ParseError, Progress, SparseFile};

/// What is asked of a file.
#[derive(Clone, Debug)]
pub struct PrepareOptions {
    /// What it is sent as, or `None` for what its content is.
    pub media_type: Option<MediaType>,
    /// The longest edge of a picture, in pixels.
    pub longest_edge: Option<u32>,
    /// The largest size in bytes, where it is not the media type's own.
    pub max_bytes: Option<u64>,
    /// Whether personal metadata are kept.
    pub keep_metadata: bool,
    /// Whether pictures can be decoded and encoded here.
    pub can_draw: bool,
}

/// The longest edge of a picture, in pixels, where none is asked for: more than a
/// phone's screen shows, and a camera's picture becomes a tenth of its bytes.
pub const MAX_EDGE: u32 = 2048;

/// The most pixels of a narrow picture, as a screenshot of a long page is: the
/// largest canvas of iOS. Its longest edge may be longer, or its text could not be
/// read.
const MAX_NARROW_PIXELS: u64 = 4096 * 4096;

/// A picture is narrow if one edge is at least twice as long as the other.
const NARROW: u32 = 2;

/// A picture of at most this many bytes is not encoded again for its pixels: that
/// could make it larger.
const SMALL_BYTES: u64 = 1_000_000;

/// Pictures with more pixels than this are not decoded by `pkg/`, which would take
/// gigabytes of memory.
const MAX_DECODED_PIXELS: u64 = 100_000_000;

/// How the preparation ended.
#[derive(Debug)]
pub enum Prepared {
    /// With this file, which Divar takes.
    Planned {
        /// What to send it as.
        media_type: MediaType,
        /// Its format.
        format: Format,
        /// How to make it.
        plan: Plan,
    },
    /// With a picture that has to be decoded and encoded.
    Redraw(Redraw),
    /// Divar does not take it, and nothing here can change that.
    Refused(Refusal),
}

/// A picture that has to be decoded and encoded.
#[derive(Debug)]
pub struct Redraw {
    /// Its format.
    pub format: Format,
    /// The longest edge of the new one, in pixels.
    pub longest_edge: u32,
    /// The largest size of the new one, in bytes.
    pub max_bytes: u64,
    /// Whether a pixel may be transparent.
    pub alpha: bool,
    /// Width of what is decoded, in pixels, if the file says it.
    pub width: Option<u32>,
    /// Height of what is decoded.
    pub height: Option<u32>,
    /// The picture without metadata as it is, where Divar takes that: to be sent if
    /// the new one is not smaller.
    pub original: Option<(Format, Plan)>,
}

/// Why a file cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The error code.
    pub reason: Reason,
    /// For the developer.
    pub words: String,
}

/// Error codes of the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Reason {
    /// It has no bytes.
    FileEmpty,
    /// It is cut off, or violates its own format.
    FileDamaged,
    /// Divar does not take its format, and it cannot be changed into one that
    /// Divar takes.
    UnsupportedFormat,
    /// It is larger than Divar takes.
    FileTooLarge,
    /// It would have to be decoded, which cannot be done here.
    CannotConvert,
}

/// The preparation of one file.
#[derive(Debug)]
pub struct Preparation {
    size: u64,
    options: PrepareOptions,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Inspecting(Box<Inspector>),
    Rewriting(Box<Rewriting>),
}

#[derive(Debug)]
struct Rewriting {
    media_type: MediaType,
    report: Inspection,
    rewrite: Rewrite,
    file: SparseFile,
    /// Whether the picture is encoded again if that makes it smaller.
    redraw: bool,
}

/// What has to be done with a file.
enum Strategy {
    AsIs(Format),
    Rewrite(Rewrite, SparseFile),
    Redraw,
    /// As `Redraw`, unless the picture without metadata is smaller.
    RedrawOrRewrite(Rewrite, SparseFile),
}

/// Why a preparation has no result.
enum PrepareError {
    Parse(ParseError),
    Refused(Refusal),
}

impl From<ParseError> for PrepareError {
    fn from(error: ParseError) -> Self {
        Self::Parse(error)
    }
}

impl Preparation {
    /// A file of `size` bytes.
    #[must_use]
    pub fn new(size: u64, options: PrepareOptions) -> Self {
        Self {
            size,
            options,
            stage: Stage::Inspecting(Box::new(Inspector::new(size))),
        }
    }

    /// Adds bytes that were asked for.
    pub fn add(&mut self, offset: u64, bytes: Vec<u8>) {
        match &mut self.stage {
            Stage::Inspecting(inspector) => inspector.add(offset, bytes),
            Stage::Rewriting(rewriting) => rewriting.file.add(offset, bytes),
        }
    }

    /// Adds the content of DEFLATE data that was asked for.
    pub fn add_inflated(&mut self, bytes: Vec<u8>) {
        match &mut self.stage {
            Stage::Inspecting(inspector) => inspector.add_inflated(bytes),
            Stage::Rewriting(rewriting) => rewriting.file.add_inflated(bytes),
        }
    }

    /// Reads on as far as the bytes allow.
    pub fn run(&mut self) -> Progress<Prepared> {
        match self.advance() {
            Ok(progress) => progress,
            Err(PrepareError::Parse(ParseError::Incomplete(range))) => Progress::Need(range),
            Err(PrepareError::Parse(error)) => Progress::Done(Prepared::Refused(error.into())),
            Err(PrepareError::Refused(refusal)) => Progress::Done(Prepared::Refused(refusal)),
        }
    }

    fn advance(&mut self) -> Result<Progress<Prepared>, PrepareError> {
        if self.size == 0 {
            return Err(refused(Reason::FileEmpty, &["the file is empty"]));
        }
        if let Stage::Inspecting(inspector) = &mut self.stage {
            let report = match inspector.run() {
                Progress::Need(range) => return Ok(Progress::Need(range)),
                Progress::Done(report) => report,
            };
            let media_type = self.media_type(&report)?;
            let (rewrite, file, redraw) = match self.strategy(media_type, &report)? {
                Strategy::AsIs(format) => {
                    let mut plan = Plan::default();
                    plan.keep(0, self.size)?;
                    return self.finished(media_type, format, plan).map(Progress::Done);
                }
                Strategy::Redraw => return self.redraw(&report, None).map(Progress::Done),
                Strategy::Rewrite(rewrite, file) => (rewrite, file, false),
                Strategy::RedrawOrRewrite(rewrite, file) => (rewrite, file, true),
            };
            self.stage = Stage::Rewriting(Box::new(Rewriting {
                media_type,
                report,
                rewrite,
                file,
                redraw,
            }));
        }
        self.rewrite().map(Progress::Done)
    }

    /// What the file is sent as.
    fn media_type(&self, report: &Inspection) -> Result<MediaType, PrepareError> {
        // Of a JPEG whose end is uncertain, the rewriting finds it.
        if report.truncated && !report.end_is_uncertain {
            return Err(ParseError::Truncated.into());
        }
        if let Some(words) = report.malformed {
            return Err(ParseError::Malformed(words).into());
        }
        if let Some(words) = report.unsupported {
            return Err(ParseError::Unsupported(words).into());
        }
        self.options
            .media_type
            .or_else(|| report.intended_media_type())
            .ok_or_else(|| refused(Reason::UnsupportedFormat, &["Divar takes no such file"]))
    }

    fn strategy(
        &self,
        media_type: MediaType,
        report: &Inspection,
    ) -> Result<Strategy, PrepareError> {
        let strip = match (media_type, report.format) {
            (MediaType::Image, Format::Png) => Rewrite::png(self.size),
            (MediaType::Image, Format::Jpeg) => Rewrite::jpeg(self.size),
            (MediaType::Image, Format::WebP | Format::Gif | Format::Heic | Format::Avif) => {
                return Ok(Strategy::Redraw);
            }
            #[cfg(feature = "movies")]
            (MediaType::Video, Format::Mp4 | Format::Mov | Format::ThreeGp | Format::M4a) => {
                return Ok(self.movie(MovieTarget::Mp4));
            }
            #[cfg(feature = "movies")]
            (MediaType::Voice, Format::M4a | Format::ThreeGp | Format::Mp4 | Format::Mov) => {
                return Ok(self.movie(MovieTarget::Voice));
            }
            (_, format) if format.accepted_as() == Some(media_type) => {
                return Ok(Strategy::AsIs(format));
            }
            _ => return Err(another_format(media_type)),
        };
        let (rewrite, file) = strip;
        let fits = self.size <= self.max_bytes(MediaType::Image);
        if report.end_is_uncertain && fits {
            return Ok(Strategy::Rewrite(rewrite, file));
        }
        Ok(match self.shrink(report) {
            Shrink::No if !self.options.keep_metadata => Strategy::Rewrite(rewrite, file),
            Shrink::No if fits => Strategy::AsIs(report.format),
            Shrink::IfSmaller if fits && !self.options.keep_metadata => {
                Strategy::RedrawOrRewrite(rewrite, file)
            }
            _ => Strategy::Redraw,
        })
    }

    #[cfg(feature = "movies")]
    fn movie(&self, target: MovieTarget) -> Strategy {
        let (rewrite, file) = Rewrite::movie(self.size, target, self.options.keep_metadata);
        Strategy::Rewrite(rewrite, file)
    }

    /// Whether a PNG or JPEG has more pixels than it may.
    fn shrink(&self, report: &Inspection) -> Shrink {
        let longest = report.width.max(report.height);
        if let Some(most) = self.options.longest_edge {
            return if longest.is_none_or(|edge| edge > most) {
                Shrink::Yes
            } else {
                Shrink::No
            };
        }
        // Without a decoder the default limit does not apply, only an explicit one.
        let fits = self.size <= self.max_bytes(MediaType::Image);
        let pixels = report.pixels();
        let is_huge = pixels.is_some_and(|pixels| pixels > MAX_DECODED_PIXELS);
        if !self.options.can_draw || (fits && (is_huge || self.size <= SMALL_BYTES)) {
            return Shrink::No;
        }
        match longest {
            Some(edge) if edge <= default_edge(report) => Shrink::No,
            _ => Shrink::IfSmaller,
        }
    }

    fn max_bytes(&self, media_type: MediaType) -> u64 {
        self.options
            .max_bytes
            .unwrap_or_else(|| media_type.max_bytes())
    }

    fn redraw(
        &self,
        report: &Inspection,
        original: Option<(Format, Plan)>,
    ) -> Result<Prepared, PrepareError> {
        if !self.options.can_draw {
            return Err(refused(
                Reason::CannotConvert,
                &["the picture has to be encoded again, which this runtime cannot"],
            ));
        }
        let (width, height) = report.decoded_size();
        Ok(Prepared::Redraw(Redraw {
            format: report.format,
            longest_edge: self
                .options
                .longest_edge
                .unwrap_or_else(|| default_edge(report)),
            max_bytes: self.max_bytes(MediaType::Image),
            alpha: report.alpha,
            width,
            height,
            original,
        }))
    }

    fn rewrite(&mut self) -> Result<Prepared, PrepareError> {
        let Stage::Rewriting(rewriting) = &mut self.stage else {
            return Err(ParseError::LimitExceeded.into());
        };
        let plan = rewriting.rewrite.run(&mut rewriting.file)?;
        let (media_type, redraw) = (rewriting.media_type, rewriting.redraw);
        let report = rewriting.report.clone();
        let format = plan.format;
        if media_type == MediaType::Image {
            let fits = plan.size() <= self.max_bytes(media_type);
            if redraw || !fits {
                return self.redraw(&report, fits.then_some((format, plan)));
            }
        }
        if format.accepted_as().is_none() {
            return Err(refused(
                Reason::UnsupportedFormat,
                &["Divar takes no such file"],
            ));
        }
        self.finished(media_type, format, plan)
    }

    fn finished(
        &self,
        media_type: MediaType,
        format: Format,
        plan: Plan,
    ) -> Result<Prepared, PrepareError> {
        if plan.size() > self.max_bytes(media_type) {
            return Err(refused(
                Reason::FileTooLarge,
                &[
                    "the file is larger than ",
                    media_type.name(),
                    " may be, and cannot be made smaller",
                ],
            ));
        }
        Ok(Prepared::Planned {
            media_type,
            format,
            plan,
        })
    }
}

/// Whether a picture is made smaller.
enum Shrink {
    No,
    /// For its pixels, where that makes it smaller in bytes too.
    IfSmaller,
    /// As it was asked for.
    Yes,
}

/// The longest edge of the new picture where none is asked for.
fn default_edge(report: &Inspection) -> u32 {
    let (Some(width), Some(height)) = (report.width, report.height) else {
        return MAX_EDGE;
    };
    let (longer, shorter) = (width.max(height), width.min(height));
    if longer < shorter.saturating_mul(NARROW) {
        return MAX_EDGE;
    }
    let pixels = u64::from(longer).saturating_mul(shorter.into());
    if pixels <= MAX_NARROW_PIXELS {
        return longer;
    }
    // The edge at which the picture has the most pixels: longer² · most / pixels is
    // its square.
    let square = u128::from(longer)
        .saturating_mul(longer.into())
        .saturating_mul(MAX_NARROW_PIXELS.into())
        .checked_div(pixels.into());
    let edge = square.unwrap_or_default().isqrt();
    u32::try_from(edge).unwrap_or(MAX_EDGE).max(MAX_EDGE)
}

fn another_format(media_type: MediaType) -> PrepareError {
    refused(
        Reason::UnsupportedFormat,
        &[
            media_type.name(),
            " takes ",
            media_type.formats(),
            ", and this is a file of another format",
        ],
    )
}

fn refused(reason: Reason, words: &[&str]) -> PrepareError {
    let words = words.concat();
    PrepareError::Refused(Refusal { reason, words })
}

impl Inspection {
    /// The media type that such a file is meant as.
    fn intended_media_type(&self) -> Option<MediaType> {
        match self.format.info().media_type {
            // Of some formats no tracks are read.
            Some(MediaType::Video | MediaType::Voice) if !self.tracks.is_empty() => {
                Some(if self.has_track(TrackKind::Video) {
                    MediaType::Video
                } else {
                    MediaType::Voice
                })
            }
            other => other,
        }
    }

    fn pixels(&self) -> Option<u64> {
        let (width, height) = self.decoded_size();
        Some(u64::from(width?).saturating_mul(height?.into()))
    }

    /// Width and height of the largest picture that a decoder holds in memory.
    fn decoded_size(&self) -> (Option<u32>, Option<u32>) {
        let area = |width: u32, height: u32| u64::from(width).saturating_mul(height.into());
        match (self.width, self.height, self.largest_frame) {
            (Some(width), Some(height), Some((w, h))) if area(w, h) <= area(width, height) => {
                (Some(width), Some(height))
            }
            (_, _, Some((width, height))) => (Some(width), Some(height)),
            (width, height, None) => (width, height),
        }
    }
}

impl From<ParseError> for Refusal {
    fn from(error: ParseError) -> Self {
        let (reason, words) = match error {
            ParseError::Unsupported(words) => (Reason::UnsupportedFormat, words),
            ParseError::Malformed(words) => (Reason::FileDamaged, words),
            ParseError::LimitExceeded => (
                Reason::UnsupportedFormat,
                "the file's structure is larger than is read",
            ),
            ParseError::Truncated | ParseError::Incomplete(_) => {
                (Reason::FileDamaged, "the file ends before its content does")
            }
        };
        let words = words.to_owned();
        Self { reason, words }
    }
}

//! From a file as it was chosen to one that Divar takes: what has to be done,
//! and the doing of what needs no decoder.

use crate::accepted::{Format, MediaType};
use crate::inspection::{Inspection, Kind, TrackKind, inspect};
use crate::iso;
use crate::known::{Known, Stop};
use crate::rewrite::{Plan, Rewrite};

/// What is asked of a file.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What it is to be sent as, or `None` for what its content is.
    pub media_type: Option<MediaType>,
    /// The longest edge of a picture, in pixels.
    pub longest_edge: Option<u32>,
    /// The largest size in bytes, where it is not the type's own.
    pub max_bytes: Option<u64>,
    /// Whether what it tells of whom it comes from may stay.
    pub keep_metadata: bool,
    /// Whether pictures can be decoded and encoded here.
    pub can_draw: bool,
}

/// Most pixels along a picture's longer edge where nothing is said of it: more
/// than a phone's screen shows, and a camera's picture becomes a tenth of its
/// bytes.
pub const LONGEST_EDGE: u32 = 2048;

/// How it ended.
#[derive(Debug)]
pub enum Prepared {
    /// This file, which Divar takes.
    Planned {
        /// What to send it as.
        media_type: MediaType,
        /// What it is then.
        format: Format,
        /// How to make it.
        plan: Plan,
    },
    /// The picture has to be decoded, and encoded anew.
    Draw(Draw),
    /// Divar does not take it, and nothing here can change that.
    Refused(Refusal),
}

/// A picture that has to be encoded anew.
#[derive(Debug)]
pub struct Draw {
    /// What it is now.
    pub format: Kind,
    /// Most pixels along its longer edge.
    pub longest_edge: u32,
    /// Most bytes.
    pub max_bytes: u64,
    /// Whether a pixel may be transparent.
    pub alpha: bool,
    /// Pixels from left to right as stored, where the file says so.
    pub width: Option<u32>,
    /// Pixels from top to bottom as stored.
    pub height: Option<u32>,
}

/// Why a file cannot be sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of trouble.
    pub reason: Reason,
    /// For the developer.
    pub words: String,
}

/// What kind of trouble; named as the error codes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Reason {
    /// It has no bytes.
    FileEmpty,
    /// It is cut off, or contradicts its own format.
    FileDamaged,
    /// Divar does not take its kind, and it cannot be made one that Divar takes.
    UnsupportedFormat,
    /// It is larger than Divar takes.
    FileTooLarge,
    /// It would have to be decoded, which cannot be done here.
    CannotConvert,
}

/// A file that is being prepared; to be run until it does not ask for more.
#[derive(Debug)]
pub struct Preparation {
    size: u64,
    wish: Wish,
    known: Known,
    rewriting: Option<Rewriting>,
}

#[derive(Debug)]
struct Rewriting {
    media_type: MediaType,
    found: Inspection,
    rewrite: Rewrite,
}

/// What has to be done with a file.
enum Way {
    AsIs(Format),
    Rewrite(Box<(Rewrite, Known)>),
    Draw,
}

impl Preparation {
    /// A file of `size` bytes.
    #[must_use]
    pub const fn new(size: u64, wish: Wish) -> Self {
        Self {
            size,
            wish,
            known: Known::to_inspect(size),
            rewriting: None,
        }
    }

    /// Makes bytes known that were asked for.
    pub fn add(&mut self, at: u64, bytes: Vec<u8>) {
        self.known.add(at, bytes);
    }

    /// Goes on as far as what is known allows.
    ///
    /// # Errors
    ///
    /// `Need` alone: to be called again.
    pub fn run(&mut self) -> Result<Prepared, Stop> {
        match self.try_to_run() {
            Ok(prepared) => Ok(prepared),
            Err(Trouble::Stop(need @ Stop::Need(_))) => Err(need),
            Err(Trouble::Stop(stop)) => Ok(Prepared::Refused(stopped(stop))),
            Err(Trouble::Refusal(refusal)) => Ok(Prepared::Refused(refusal)),
        }
    }

    fn try_to_run(&mut self) -> Result<Prepared, Trouble> {
        if self.size == 0 {
            return Err(refuse(Reason::FileEmpty, &["the file is empty"]));
        }
        if self.rewriting.is_none() {
            let found = inspect(&self.known)?;
            let media_type = self.recognise(&found)?;
            match self.way(media_type, &found)? {
                Way::AsIs(format) => return self.as_it_is(media_type, format),
                Way::Draw => return Ok(Prepared::Draw(self.draw(&found)?)),
                Way::Rewrite(begun) => {
                    let (rewrite, known) = *begun;
                    self.known = known;
                    self.rewriting = Some(Rewriting {
                        media_type,
                        found,
                        rewrite,
                    });
                }
            }
        }
        self.rewrite()
    }

    /// What it is sent as.
    fn recognise(&self, found: &Inspection) -> Result<MediaType, Trouble> {
        if found.truncated {
            return Err(Stop::Truncated.into());
        }
        if let Some(words) = found.malformed {
            return Err(Stop::Malformed(words).into());
        }
        self.wish
            .media_type
            .or_else(|| found.family())
            .ok_or_else(|| refuse(Reason::UnsupportedFormat, &["Divar takes no such file"]))
    }

    fn way(&self, media_type: MediaType, found: &Inspection) -> Result<Way, Trouble> {
        let iso = |target| Rewrite::iso(self.size, target, self.wish.keep_metadata);
        let (rewrite, known) = match (media_type, found.format) {
            (MediaType::Image, Kind::Png | Kind::Jpeg) if self.has_to_shrink(found) => {
                return Ok(Way::Draw);
            }
            (MediaType::Image, Kind::Png) if !self.wish.keep_metadata => Rewrite::png(self.size),
            (MediaType::Image, Kind::Jpeg) if !self.wish.keep_metadata => Rewrite::jpeg(self.size),
            (MediaType::Image, Kind::WebP | Kind::Gif | Kind::Heic | Kind::Avif) => {
                return Ok(Way::Draw);
            }
            (MediaType::Video, Kind::Mp4 | Kind::Mov | Kind::ThreeGp | Kind::M4a) => {
                iso(iso::Target::Mp4)
            }
            (MediaType::Voice, Kind::M4a | Kind::ThreeGp | Kind::Mp4 | Kind::Mov) => {
                iso(iso::Target::Voice)
            }
            (_, kind) => return untouched(media_type, kind),
        };
        Ok(Way::Rewrite(Box::new((rewrite, known))))
    }

    /// Whether a PNG or JPEG has more pixels or bytes than it may. One that its
    /// metadata makes too large is not touched, if stripping it will do.
    fn has_to_shrink(&self, found: &Inspection) -> bool {
        let longest = found.width.max(found.height);
        let too_long = self
            .longest_edge()
            .is_some_and(|most| longest.is_none_or(|edge| edge > most));
        too_long || (self.wish.keep_metadata && self.size > self.max_bytes(MediaType::Image))
    }

    /// Where nothing can be drawn, only an edge that was asked for is one.
    fn longest_edge(&self) -> Option<u32> {
        let usual = self.wish.can_draw.then_some(LONGEST_EDGE);
        self.wish.longest_edge.or(usual)
    }

    fn max_bytes(&self, media_type: MediaType) -> u64 {
        self.wish
            .max_bytes
            .unwrap_or_else(|| media_type.max_bytes())
    }

    fn draw(&self, found: &Inspection) -> Result<Draw, Trouble> {
        if !self.wish.can_draw {
            return Err(refuse(
                Reason::CannotConvert,
                &["the picture has to be encoded anew, which this runtime cannot"],
            ));
        }
        Ok(Draw {
            format: found.format,
            longest_edge: self.wish.longest_edge.unwrap_or(LONGEST_EDGE),
            max_bytes: self.max_bytes(MediaType::Image),
            alpha: found.alpha,
            width: found.width,
            height: found.height,
        })
    }

    fn as_it_is(&self, media_type: MediaType, format: Format) -> Result<Prepared, Trouble> {
        let mut plan = Plan::default();
        plan.keep(0, self.size)?;
        self.fitting(media_type, format, plan)
    }

    fn rewrite(&mut self) -> Result<Prepared, Trouble> {
        let Some(Rewriting {
            media_type,
            found,
            rewrite,
        }) = &mut self.rewriting
        else {
            return Err(Stop::Bound.into());
        };
        let (media_type, plan) = (*media_type, rewrite.run(&mut self.known)?);
        let is_picture = media_type == MediaType::Image;
        if is_picture
            && plan.size()
                > self
                    .wish
                    .max_bytes
                    .unwrap_or_else(|| media_type.max_bytes())
        {
            let found = found.clone();
            return Ok(Prepared::Draw(self.draw(&found)?));
        }
        match plan.format.accepted() {
            Some(format) => self.fitting(media_type, format, plan),
            None => Err(refuse(
                Reason::UnsupportedFormat,
                &["Divar takes no such file"],
            )),
        }
    }

    fn fitting(
        &self,
        media_type: MediaType,
        format: Format,
        plan: Plan,
    ) -> Result<Prepared, Trouble> {
        if plan.size() > self.max_bytes(media_type) {
            return Err(refuse(
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

/// A file of which nothing has to be changed, if Divar takes its kind.
fn untouched(media_type: MediaType, kind: Kind) -> Result<Way, Trouble> {
    match kind.accepted() {
        Some(format) if MediaType::home(format) == media_type => Ok(Way::AsIs(format)),
        _ => Err(refuse(
            Reason::UnsupportedFormat,
            &[
                media_type.name(),
                " takes ",
                media_type.formats(),
                ", and this is another kind of file",
            ],
        )),
    }
}

impl Inspection {
    /// The type that such a file is meant as.
    fn family(&self) -> Option<MediaType> {
        let has_video = self.tracks.iter().any(|it| it.kind == TrackKind::Video);
        Some(match self.format {
            Kind::Png | Kind::Jpeg | Kind::WebP | Kind::Gif | Kind::Heic | Kind::Avif => {
                MediaType::Image
            }
            Kind::Mp4
            | Kind::Mov
            | Kind::M4a
            | Kind::ThreeGp
            | Kind::WebM
            | Kind::Matroska
            | Kind::Ogg
            | Kind::Mp3
            | Kind::Wav => {
                if has_video {
                    MediaType::Video
                } else {
                    MediaType::Voice
                }
            }
            Kind::Pdf
            | Kind::Docx
            | Kind::Xlsx
            | Kind::Pptx
            | Kind::Doc
            | Kind::Xls
            | Kind::Ppt => MediaType::File,
            Kind::Zip | Kind::Ole | Kind::Unknown => return None,
        })
    }
}

/// Why it did not come to an end, or to no good one.
enum Trouble {
    Stop(Stop),
    Refusal(Refusal),
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

fn refuse(reason: Reason, words: &[&str]) -> Trouble {
    let words = words.concat();
    Trouble::Refusal(Refusal { reason, words })
}

fn stopped(stop: Stop) -> Refusal {
    let (reason, words) = match stop {
        Stop::Unsupported(words) => (Reason::UnsupportedFormat, words),
        Stop::Malformed(words) => (Reason::FileDamaged, words),
        Stop::Bound => (
            Reason::UnsupportedFormat,
            "the file's structure is larger than is read",
        ),
        Stop::Truncated | Stop::Need(_) => {
            (Reason::FileDamaged, "the file ends before its content does")
        }
    };
    let words = words.to_owned();
    Refusal { reason, words }
}

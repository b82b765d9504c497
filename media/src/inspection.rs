//! What a file really is.

use crate::accepted::{Format, MediaType};
use crate::known::{Known, Stop};
use crate::signature::{HEAD_BYTES, Signature};
use crate::{ebml, gif, iso, jpeg, mp3, ogg, ole, pdf, png, wav, webp, zip};

/// What a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[expect(missing_docs, reason = "their names are the formats' own")]
pub enum Kind {
    Png,
    Jpeg,
    WebP,
    Gif,
    Heic,
    Avif,
    Mp4,
    M4a,
    Mov,
    #[cfg_attr(feature = "serde", serde(rename = "3gp"))]
    ThreeGp,
    WebM,
    Matroska,
    Ogg,
    Mp3,
    Wav,
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Doc,
    Xls,
    Ppt,
    /// A ZIP archive that is no office document.
    Zip,
    /// A compound file that is no office document.
    Ole,
    /// None of these.
    #[default]
    Unknown,
}

/// What a file tells of whom it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Private {
    /// Where it was taken.
    Location,
    /// When it was taken.
    Time,
    /// With what it was taken: maker, model, serial number, software.
    Device,
    /// An Exif block.
    Exif,
    /// An XMP packet.
    Xmp,
    /// An IPTC block, as Photoshop writes it.
    Iptc,
    /// A comment, a title, any text.
    Text,
    /// A smaller picture inside, which may show what was cut away.
    Thumbnail,
    /// What lies after the end.
    Trailing,
    /// Anything else that no decoder needs.
    Other,
}

/// What a track carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[expect(missing_docs, reason = "their names say it")]
pub enum TrackKind {
    Video,
    Audio,
    /// Subtitles or chapters.
    Text,
    /// Sensors, positions, time codes.
    Metadata,
    Other,
}

/// A track of a film or a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Track {
    /// What it carries.
    pub kind: TrackKind,
    /// Its codec, as the container names it (`avc1`, `mp4a`, `V_VP9`, `opus`);
    /// printable ASCII, at most 32 letters.
    pub codec: String,
}

/// What is known of a file.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Inspection {
    /// What it is.
    pub format: Kind,
    /// The media type that takes it as it is, but for its size.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub media_type: Option<MediaType>,
    /// Pixels from left to right as stored, before `orientation` is applied.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub width: Option<u32>,
    /// Pixels from top to bottom as stored.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub height: Option<u32>,
    /// How it is to be turned, from 1 (as it is) to 8, as Exif counts.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub orientation: Option<u8>,
    /// How long it plays, in seconds.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub duration: Option<f64>,
    /// Whether a pixel may be transparent.
    pub alpha: bool,
    /// Whether a picture moves.
    pub animated: bool,
    /// Its tracks, the first 16 of them.
    pub tracks: Vec<Track>,
    /// What it tells of whom it comes from, each once.
    pub private: Vec<Private>,
    /// Whether the file ends before what it announces.
    pub truncated: bool,
    /// What in it contradicts its own format.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub malformed: Option<&'static str>,
}

/// How many bytes of a file are read to inspect it, at most.
pub const MAX_BYTES: u64 = 256 * 1024;

/// How many bytes at least are read at a time, where the file has them.
const AHEAD: usize = 2048;

impl Known {
    /// A file of `size` bytes that is to be inspected.
    #[must_use]
    pub const fn to_inspect(size: u64) -> Self {
        Self::new(size, AHEAD, MAX_BYTES)
    }
}

/// Says what a file is. A file that is damaged gets all that could be read of
/// it, and the damage beside.
///
/// # Errors
///
/// `Need` alone: to be called again.
pub fn inspect(known: &Known) -> Result<Inspection, Stop> {
    let mut found = Inspection::default();
    match look(known, &mut found) {
        Err(need @ Stop::Need(_)) => return Err(need),
        Err(Stop::Truncated) => found.truncated = true,
        Err(Stop::Malformed(words)) => found.malformed = Some(words),
        Err(Stop::Bound | Stop::Unsupported(_)) | Ok(()) => {}
    }
    let home = found.format.accepted().map(MediaType::home);
    // A video in a container for voice notes is neither.
    found.media_type = home.filter(|home| *home != MediaType::Voice || !found.has_video());
    Ok(found)
}

fn look(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    let length = HEAD_BYTES.min(usize::try_from(known.size()).unwrap_or(HEAD_BYTES));
    let Some(signature) = Signature::of(known.get(0, length)?) else {
        return Ok(());
    };
    match signature {
        Signature::Png => png::inspect(known, found),
        Signature::Jpeg => jpeg::inspect(known, found),
        Signature::Gif => gif::inspect(known, found),
        Signature::WebP => webp::inspect(known, found),
        Signature::Wav => wav::inspect(known, found),
        Signature::Ogg => ogg::inspect(known, found),
        Signature::Mp3 => mp3::inspect(known, found),
        Signature::Ebml => ebml::inspect(known, found),
        Signature::IsoMedia(_) | Signature::QuickTime => iso::inspect(known, found),
        Signature::Pdf => pdf::inspect(known, found),
        Signature::Zip => zip::inspect(known, found),
        Signature::Ole => ole::inspect(known, found),
    }
}

/// How long so many units last, in seconds.
#[expect(clippy::cast_precision_loss, reason = "nothing plays for 2^53 units")]
pub(crate) fn seconds(units: u64, per_second: u64) -> Option<f64> {
    (per_second != 0).then(|| units as f64 / per_second as f64)
}

impl Inspection {
    /// Notes something private, once.
    pub(crate) fn tells(&mut self, what: Private) {
        if let Err(place) = self.private.binary_search(&what) {
            self.private.insert(place, what);
        }
    }

    fn has_video(&self) -> bool {
        let mut tracks = self.tracks.iter();
        tracks.any(|track| track.kind == TrackKind::Video)
    }

    /// Notes a track, of which the first 16 are kept. `codec` may be any bytes.
    pub(crate) fn has_track(&mut self, kind: TrackKind, codec: &[u8]) {
        const MOST_TRACKS: usize = 16;
        const LONGEST_CODEC: usize = 32;
        if self.tracks.len() == MOST_TRACKS {
            return;
        }
        let letters = codec.iter().take(LONGEST_CODEC);
        let codec = letters
            .filter(|letter| letter.is_ascii_graphic())
            .map(|&letter| char::from(letter))
            .collect();
        self.tracks.push(Track { kind, codec });
    }
}

impl Kind {
    /// The format of Divar's table that it is, if any.
    #[must_use]
    pub const fn accepted(self) -> Option<Format> {
        Some(match self {
            Self::Png => Format::Png,
            Self::Jpeg => Format::Jpeg,
            Self::Mp4 => Format::Mp4,
            Self::M4a => Format::M4a,
            Self::ThreeGp => Format::ThreeGp,
            Self::Pdf => Format::Pdf,
            Self::Docx => Format::Docx,
            Self::Xlsx => Format::Xlsx,
            Self::Pptx => Format::Pptx,
            Self::Doc => Format::Doc,
            Self::Xls => Format::Xls,
            Self::Ppt => Format::Ppt,
            _ => return None,
        })
    }
}

//! What is found in a file.

use crate::formats::{Format, MediaType};

/// A category of personal metadata.
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

/// A track of a movie or a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Track {
    /// What it carries.
    pub kind: TrackKind,
    /// Its codec, as the container names it (`avc1`, `mp4a`, `V_VP9`, `opus`);
    /// printable ASCII, at most 32 letters.
    pub codec: String,
}

/// What a file is and contains.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Inspection {
    /// What it is.
    pub format: Format,
    /// The media type that takes it as it is, but for its size.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub media_type: Option<MediaType>,
    /// Pixels from left to right as stored, before `orientation` is applied.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub width: Option<u32>,
    /// Pixels from top to bottom as stored.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub height: Option<u32>,
    /// Its Exif orientation, from 1 (upright) to 8 (Exif 2.32, 4.6.4, tag 274).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub orientation: Option<u8>,
    /// How long it plays, in seconds.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub duration: Option<f64>,
    /// Whether a pixel may be transparent.
    pub alpha: bool,
    /// Whether a picture is animated.
    pub animated: bool,
    /// Its tracks, the first 16 of them.
    pub tracks: Vec<Track>,
    /// The categories of personal metadata in it, each once.
    pub private: Vec<Private>,
    /// Whether the file ends before its content does.
    pub truncated: bool,
    /// How it violates its own format.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub malformed: Option<&'static str>,
    /// Why it can be read and yet not be sent: protected, or without content.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub unsupported: Option<&'static str>,
    /// Whether the end was not decoded for want of budget, so that `truncated` is a
    /// guess.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub end_is_uncertain: bool,
    /// Width and height of the largest picture that a decoder may have to hold in
    /// memory, where one can be larger than `width` and `height`.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub largest_frame: Option<(u32, u32)>,
}

impl Inspection {
    /// Notes a category of personal metadata, once.
    pub(crate) fn tells(&mut self, what: Private) {
        if let Err(index) = self.private.binary_search(&what) {
            self.private.insert(index, what);
        }
    }

    /// Notes several categories of personal metadata.
    pub(crate) fn tells_all(&mut self, all: &[Private]) {
        for what in all {
            self.tells(*what);
        }
    }

    pub(crate) fn has_track(&self, kind: TrackKind) -> bool {
        let mut tracks = self.tracks.iter();
        tracks.any(|track| track.kind == kind)
    }

    /// Notes a track, of which the first 16 are kept. `codec` may be any bytes.
    pub(crate) fn add_track(&mut self, kind: TrackKind, codec: &[u8]) {
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

    /// Sets a format that has no parser. That of sound has one track.
    pub(crate) fn set_unparsed(&mut self, format: Format) {
        self.format = format;
        if format.info().media_type == Some(MediaType::Voice) {
            self.add_track(TrackKind::Audio, format.name().as_bytes());
        }
    }

    /// Notes the size of a picture inside, of which the largest counts.
    pub(crate) fn has_frame(&mut self, width: u32, height: u32) {
        let area = |(width, height): (u32, u32)| u64::from(width).saturating_mul(height.into());
        let largest = self.largest_frame.map_or(0, area);
        if area((width, height)) > largest {
            self.largest_frame = Some((width, height));
        }
    }
}

/// How long `units` last, in seconds.
#[expect(clippy::cast_precision_loss, reason = "nothing plays for 2^53 units")]
pub(crate) fn seconds(units: u64, per_second: u64) -> Option<f64> {
    (per_second != 0).then(|| units as f64 / per_second as f64)
}

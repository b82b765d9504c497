//! What one step of a task answers to JavaScript.

use divar_media::{
    ByteRange, Change, Format, Inspection, MediaType, Piece, Plan, Prepared, Private, Reason,
    Redraw, Refusal,
};
use serde::Serialize;

/// One of these, by the name of its field.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// It needs these bytes, or what they are inflated: that is added, and the next
    /// step continues.
    Need {
        at: f64,
        length: u32,
        deflated: bool,
    },
    /// What the file is.
    Inspection(Inspection),
    /// How to make the file that Divar takes.
    Plan(PlannedFile),
    /// The picture has to be decoded and encoded.
    Draw(Box<Drawing>),
    /// Divar does not take it.
    Refused { code: Reason, message: String },
}

/// The file that Divar takes.
#[derive(Serialize)]
pub struct PlannedFile {
    pieces: Vec<Part>,
    name: String,
    mime: &'static str,
    changes: Vec<Change>,
    removed: Vec<Private>,
}

/// The picture that has to be decoded and encoded.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Drawing {
    format: Format,
    longest_edge: u32,
    max_bytes: f64,
    may_be_transparent: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    /// The picture without metadata as it is, where Divar takes that: to be sent if
    /// the new one is not smaller.
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<PlannedFile>,
    /// What it is called then, by the MIME type that it has then.
    names: Names,
}

#[derive(Serialize)]
struct Names {
    #[serde(rename = "image/jpeg")]
    jpeg: String,
    #[serde(rename = "image/png")]
    png: String,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Slice(f64, f64),
    Bytes(#[serde(with = "serde_bytes")] Vec<u8>),
    Zeros(f64),
}

impl Step {
    /// How the preparation of the file called `name` ended.
    pub fn prepared(prepared: Prepared, name: &str) -> Self {
        match prepared {
            Prepared::Planned {
                media_type,
                format,
                plan,
            } => Self::Plan(PlannedFile::new(media_type, format, plan, name)),
            Prepared::Redraw(redraw) => Self::Draw(Box::new(Drawing::new(redraw, name))),
            Prepared::Refused(Refusal { reason, words }) => Self::Refused {
                code: reason,
                message: words,
            },
        }
    }
}

impl From<ByteRange> for Step {
    fn from(range: ByteRange) -> Self {
        Self::Need {
            at: to_f64(range.offset),
            // Nothing as long as 4 GB is ever asked for at once.
            length: u32::try_from(range.length).unwrap_or(u32::MAX),
            deflated: range.deflated,
        }
    }
}

impl PlannedFile {
    fn new(media_type: MediaType, format: Format, plan: Plan, name: &str) -> Self {
        Self {
            pieces: plan.pieces.into_iter().map(Part::from).collect(),
            name: format.file_name(media_type, name),
            mime: format.mime(),
            changes: plan.changes,
            removed: plan.removed,
        }
    }
}

impl Drawing {
    fn new(draw: Redraw, name: &str) -> Self {
        let original = draw.original;
        Self {
            original: original
                .map(|(format, plan)| PlannedFile::new(MediaType::Image, format, plan, name)),
            format: draw.format,
            longest_edge: draw.longest_edge,
            max_bytes: to_f64(draw.max_bytes),
            may_be_transparent: draw.alpha,
            width: draw.width,
            height: draw.height,
            names: Names {
                jpeg: Format::Jpeg.file_name(MediaType::Image, name),
                png: Format::Png.file_name(MediaType::Image, name),
            },
        }
    }
}

impl From<Piece> for Part {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Slice { from, to } => Self::Slice(to_f64(from), to_f64(to)),
            Piece::Bytes(bytes) => Self::Bytes(bytes),
            Piece::Zeros(count) => Self::Zeros(to_f64(count)),
        }
    }
}

/// A number of bytes, for JavaScript.
#[expect(clippy::cast_precision_loss, reason = "it came from an f64")]
const fn to_f64(number: u64) -> f64 {
    number as f64
}

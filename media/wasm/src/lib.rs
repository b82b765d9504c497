//! The module of `divar-chat-media/prepare`: a file is looked into, or made
//! anew, in steps. Each step asks for some of the file's bytes or has come to
//! the end; `pkg/prepare/file.js` reads them. So nothing here waits, and a page
//! downloads no machinery for it.

#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable
)]

use divar_media::accepted::Format;
use divar_media::{
    Change, Inspection, IsoTarget, Kind, Known, Need, Piece, Plan, Private, Rewrite, Stop, inspect,
};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A file that is being looked into or made anew.
#[wasm_bindgen]
pub struct Task {
    known: Known,
    aim: Aim,
}

enum Aim {
    Inspect,
    Rewrite(Rewrite),
}

#[wasm_bindgen]
impl Task {
    /// Says what a file of `size` bytes is.
    #[must_use]
    pub fn inspect(size: f64) -> Self {
        Self {
            known: Known::to_inspect(whole(size)),
            aim: Aim::Inspect,
        }
    }

    /// Makes a file of `size` bytes anew: a JPEG or PNG, where `aim` says so, or
    /// an ISO media file as the `video` or `voice` that Divar takes.
    /// `undefined` for any other aim.
    #[must_use]
    pub fn rewrite(size: f64, aim: &str, keep_metadata: bool) -> Option<Self> {
        let size = whole(size);
        let (rewrite, known) = match aim {
            "jpeg" => Rewrite::jpeg(size),
            "png" => Rewrite::png(size),
            "video" => Rewrite::iso(size, IsoTarget::Mp4, keep_metadata),
            "voice" => Rewrite::iso(size, IsoTarget::Voice, keep_metadata),
            _ => return None,
        };
        Some(Self {
            known,
            aim: Aim::Rewrite(rewrite),
        })
    }

    /// Makes bytes known that a step asked for, from `at` on.
    pub fn add(&mut self, at: f64, bytes: Vec<u8>) {
        self.known.add(whole(at), bytes);
    }

    /// Goes on: `{ at, length }` of the bytes that it needs, `{ inspection }` or
    /// `{ plan }` at the end, or `{ refused }` with the reason.
    #[must_use]
    pub fn step(&mut self) -> JsValue {
        let outcome = match &mut self.aim {
            Aim::Inspect => inspect(&self.known).map(Step::Inspection),
            Aim::Rewrite(rewrite) => rewrite.run(&mut self.known).map(Step::plan),
        };
        let step = outcome.unwrap_or_else(Step::stopped);
        // Plain text, numbers and bytes cannot fail to be serialised.
        let serializer = Serializer::json_compatible().serialize_bytes_as_arrays(false);
        step.serialize(&serializer).unwrap_or_default()
    }
}

/// A file's size or place: JavaScript has whole numbers up to 2^53 as f64.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and sizes are whole"
)]
const fn whole(number: f64) -> u64 {
    number as u64
}

/// A place in a file, for JavaScript.
#[expect(clippy::cast_precision_loss, reason = "it came from an f64")]
const fn place(number: u64) -> f64 {
    number as f64
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Step {
    Need { at: f64, length: u32 },
    Inspection(Inspection),
    Plan(Made),
    Refused(&'static str),
}

#[derive(Serialize)]
struct Made {
    pieces: Vec<Part>,
    format: Kind,
    mime: &'static str,
    changes: Vec<Change>,
    removed: Vec<Private>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Slice(f64, f64),
    Bytes(#[serde(with = "serde_bytes")] Vec<u8>),
    Zeros(f64),
}

impl Step {
    fn plan(plan: Plan) -> Self {
        Self::Plan(Made {
            mime: plan.format.accepted().map_or("", Format::mime),
            format: plan.format,
            pieces: plan.pieces.into_iter().map(Part::from).collect(),
            changes: plan.changes,
            removed: plan.removed,
        })
    }

    fn stopped(stop: Stop) -> Self {
        match stop {
            Stop::Need(Need { at, length }) => Self::Need {
                at: place(at),
                // Nothing as long as 4 GB is ever asked for at once.
                length: u32::try_from(length).unwrap_or(u32::MAX),
            },
            Stop::Truncated => Self::Refused("the file ends before its content does"),
            Stop::Malformed(words) => Self::Refused(words),
            Stop::Bound => Self::Refused("the file's structure is larger than is read"),
        }
    }
}

impl From<Piece> for Part {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Slice { from, to } => Self::Slice(place(from), place(to)),
            Piece::Bytes(bytes) => Self::Bytes(bytes),
            Piece::Zeros(count) => Self::Zeros(place(count)),
        }
    }
}

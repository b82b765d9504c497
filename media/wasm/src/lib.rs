//! The module of `divar-chat-media/prepare`: a file is inspected or prepared in
//! steps. Each step asks for some of the file's bytes, which `pkg/prepare/task.js`
//! reads, or has a result. So nothing here is asynchronous.

#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable
)]

mod step;

use divar_media::{Check, Inspector, MediaType, Preparation, PrepareOptions, Progress};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use step::Step;
use wasm_bindgen::prelude::*;

/// The inspection or preparation of a file.
#[wasm_bindgen]
pub struct Task(Aim);

enum Aim {
    Inspect(Box<Inspector>),
    Check(Box<Check<true>>),
    Prepare {
        preparation: Box<Preparation>,
        name: String,
    },
}

#[wasm_bindgen]
impl Task {
    /// Inspects a file of `size` bytes.
    #[must_use]
    pub fn inspect(size: f64) -> Self {
        Self(Aim::Inspect(Box::new(Inspector::new(whole(size)))))
    }

    /// Checks whether Divar takes a file of `size` bytes as it is: for what
    /// `quick_check` of the page's own module leaves open. A `media_type` that is empty
    /// means what the content is.
    #[must_use]
    pub fn check(size: f64, name: &str, media_type: &str) -> Self {
        let wanted = MediaType::from_name(media_type);
        Self(Aim::Check(Box::new(Check::new(whole(size), name, wanted))))
    }

    /// Prepares a file of `size` bytes. A `media_type` that is empty means what the
    /// content is; 0 is a number that was not given.
    #[must_use]
    pub fn prepare(
        size: f64,
        name: String,
        media_type: &str,
        longest_edge: u32,
        max_bytes: f64,
        keep_metadata: bool,
        can_draw: bool,
    ) -> Self {
        let options = PrepareOptions {
            media_type: MediaType::from_name(media_type),
            longest_edge: Some(longest_edge).filter(|edge| *edge > 0),
            max_bytes: Some(whole(max_bytes)).filter(|bytes| *bytes > 0),
            keep_metadata,
            can_draw,
        };
        let preparation = Box::new(Preparation::new(whole(size), options));
        Self(Aim::Prepare { preparation, name })
    }

    /// Adds bytes that a step asked for, from the offset `at` on.
    pub fn add(&mut self, at: f64, bytes: Vec<u8>) {
        match &mut self.0 {
            Aim::Inspect(inspector) => inspector.add(whole(at), bytes),
            Aim::Check(check) => check.add(whole(at), bytes),
            Aim::Prepare { preparation, .. } => preparation.add(whole(at), bytes),
        }
    }

    /// Reads on as far as the bytes allow; see [`Step`].
    #[must_use]
    pub fn step(&mut self) -> JsValue {
        let step = match &mut self.0 {
            Aim::Inspect(inspector) => match inspector.run() {
                Progress::Done(report) => Step::Inspection(report),
                Progress::Need(range) => range.into(),
            },
            Aim::Check(check) => match check.step() {
                Progress::Done(outcome) => outcome.into(),
                Progress::Need(range) => range.into(),
            },
            Aim::Prepare { preparation, name } => match preparation.run() {
                Progress::Done(prepared) => Step::prepared(prepared, name),
                Progress::Need(range) => range.into(),
            },
        };
        // Plain text, numbers and bytes cannot fail to be serialised.
        let serializer = Serializer::json_compatible().serialize_bytes_as_arrays(false);
        step.serialize(&serializer).unwrap_or_default()
    }
}

/// A file's size or offset: JavaScript has whole numbers up to 2^53 as f64.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and sizes are whole"
)]
const fn whole(number: f64) -> u64 {
    number as u64
}

//! The module of `divar-chat-media/prepare`: a file is looked into, or prepared,
//! in steps. Each step asks for some of the file's bytes or has come to the end;
//! `pkg/src/prepare/task.ts` reads them. So nothing here waits, and a page downloads
//! no machinery for it.

#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable
)]

mod step;

use divar_media::accepted::MediaType;
use divar_media::{Known, Preparation, Wish, inspect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use step::Step;
use wasm_bindgen::prelude::*;

/// A file that is being looked into or prepared.
#[wasm_bindgen]
pub struct Task(Aim);

enum Aim {
    Inspect(Known),
    Prepare {
        preparation: Box<Preparation>,
        name: String,
    },
}

#[wasm_bindgen]
impl Task {
    /// Says what a file of `size` bytes is.
    #[must_use]
    pub fn inspect(size: f64) -> Self {
        Self(Aim::Inspect(Known::to_inspect(whole(size))))
    }

    /// Makes a file of `size` bytes one that Divar takes. A `media_type` that is
    /// none stands for what the content is; 0 for a number that is not given.
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
        let wish = Wish {
            media_type: MediaType::from_name(media_type),
            longest_edge: Some(longest_edge).filter(|edge| *edge > 0),
            max_bytes: Some(whole(max_bytes)).filter(|bytes| *bytes > 0),
            keep_metadata,
            can_draw,
        };
        let preparation = Box::new(Preparation::new(whole(size), wish));
        Self(Aim::Prepare { preparation, name })
    }

    /// Makes bytes known that a step asked for, from `at` on.
    pub fn add(&mut self, at: f64, bytes: Vec<u8>) {
        match &mut self.0 {
            Aim::Inspect(known) => known.add(whole(at), bytes),
            Aim::Prepare { preparation, .. } => preparation.add(whole(at), bytes),
        }
    }

    /// Goes on as far as what is known allows; see [`Step`].
    #[must_use]
    pub fn step(&mut self) -> JsValue {
        let step = match &mut self.0 {
            Aim::Inspect(known) => inspect(known).map(Step::Inspection),
            Aim::Prepare { preparation, name } => preparation
                .run()
                .map(|prepared| Step::prepared(prepared, name)),
        };
        // Plain text, numbers and bytes cannot fail to be serialised.
        let serializer = Serializer::json_compatible().serialize_bytes_as_arrays(false);
        let step = step.unwrap_or_else(Step::stopped);
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

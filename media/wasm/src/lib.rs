//! The module of `divar-chat-media/prepare`: a file is inspected or prepared in
//! steps. Each step asks for some of the file's bytes, which `pkg/src/prepare/task.ts`
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

#[cfg(not(feature = "movies"))]
use divar_media::Container;
use divar_media::{Inspector, MediaType, Preparation, PrepareOptions, Progress};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use step::Step;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `PrepareTaskOptions` of `pkg/src/prepare/task.ts`. Getters read it: a derived
    /// `Deserialize` would add 14 KB to what a page downloads.
    #[wasm_bindgen(typescript_type = "PrepareTaskOptions")]
    pub type PrepareTaskOptions;

    /// The file's size, in bytes.
    #[wasm_bindgen(method, getter, structural)]
    fn size(this: &PrepareTaskOptions) -> f64;
    /// The file's name, or nothing.
    #[wasm_bindgen(method, getter, structural)]
    fn name(this: &PrepareTaskOptions) -> String;
    /// What it is sent as; by its content if undefined.
    #[wasm_bindgen(method, getter, structural, js_name = type)]
    fn media_type(this: &PrepareTaskOptions) -> Option<String>;
    /// The longest edge of a picture, in pixels.
    #[wasm_bindgen(method, getter, structural, js_name = longestEdge)]
    fn longest_edge(this: &PrepareTaskOptions) -> Option<u32>;
    /// The largest size, in bytes.
    #[wasm_bindgen(method, getter, structural, js_name = maxBytes)]
    fn max_bytes(this: &PrepareTaskOptions) -> Option<f64>;
    /// Whether personal metadata are kept.
    #[wasm_bindgen(method, getter, structural, js_name = keepMetadata)]
    fn keep_metadata(this: &PrepareTaskOptions) -> bool;
    /// Whether pictures can be decoded and encoded in this runtime.
    #[wasm_bindgen(method, getter, structural, js_name = canRedraw)]
    fn can_redraw(this: &PrepareTaskOptions) -> bool;
}

/// The inspection or preparation of a file.
#[wasm_bindgen]
pub struct Task(Job);

enum Job {
    Inspect(Box<Inspector>),
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
        Self(Job::Inspect(Box::new(Inspector::new(to_u64(size)))))
    }

    /// Prepares the file that `wanted` describes.
    #[must_use]
    pub fn prepare(wanted: &PrepareTaskOptions) -> Self {
        let media_type = wanted.media_type();
        let options = PrepareOptions {
            media_type: media_type.and_then(|name| MediaType::from_name(&name)),
            longest_edge: wanted.longest_edge(),
            max_bytes: wanted.max_bytes().map(to_u64),
            keep_metadata: wanted.keep_metadata(),
            can_draw: wanted.can_redraw(),
        };
        let preparation = Preparation::new(to_u64(wanted.size()), options);
        Self(Job::Prepare {
            preparation: Box::new(preparation),
            name: wanted.name(),
        })
    }

    /// Adds bytes that a step asked for, from the offset `at` on.
    pub fn add(&mut self, at: f64, bytes: Vec<u8>) {
        match &mut self.0 {
            Job::Inspect(inspector) => inspector.add(to_u64(at), bytes),
            Job::Prepare { preparation, .. } => preparation.add(to_u64(at), bytes),
        }
    }

    /// Adds the content of DEFLATE data that a step asked for.
    #[wasm_bindgen(js_name = addInflated)]
    pub fn add_inflated(&mut self, bytes: Vec<u8>) {
        match &mut self.0 {
            Job::Inspect(inspector) => inspector.add_inflated(bytes),
            Job::Prepare { preparation, .. } => preparation.add_inflated(bytes),
        }
    }

    /// Reads on as far as the bytes allow; see `Step`.
    #[must_use]
    pub fn step(&mut self) -> JsValue {
        let step = match &mut self.0 {
            Job::Inspect(inspector) => match inspector.run() {
                Progress::Done(report) => Step::Inspection(report),
                Progress::Need(range) => range.into(),
            },
            Job::Prepare { preparation, name } => match preparation.run() {
                Progress::Done(prepared) => Step::prepared(prepared, name),
                Progress::Need(range) => range.into(),
            },
        };
        // Plain text, numbers and bytes cannot fail to be serialised.
        let serializer = Serializer::json_compatible().serialize_bytes_as_arrays(false);
        step.serialize(&serializer).unwrap_or_default()
    }
}

/// Whether the module with the parsers of movies and sound has to read a file of `size` bytes that begins
/// with `head`: at least 16 bytes, or all that it has.
#[cfg(not(feature = "movies"))]
#[wasm_bindgen(js_name = needsMovieParsers)]
#[must_use]
pub fn needs_movie_parsers(head: &[u8], size: f64) -> bool {
    Container::of(head, to_u64(size)).is_some_and(Container::is_movie)
}

/// A file's size or offset: JavaScript has whole numbers up to 2^53 as f64.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and sizes are whole"
)]
const fn to_u64(number: f64) -> u64 {
    number as u64
}

//! What is found in the containers of sound, movies and documents.

mod matroska;
mod mp3;
mod ogg;
mod ole;
mod pdf;
mod properties;
mod unparsed;
mod wav;
mod zip;

use divar_media::{Inspection, TrackKind, inspect_bytes};

/// What is found in a file.
fn found(file: &[u8]) -> Inspection {
    inspect_bytes(file)
}

/// The tracks' kinds and codecs.
fn tracks(found: &Inspection) -> Vec<(TrackKind, &str)> {
    let tracks = found.tracks.iter();
    tracks.map(|track| (track.kind, &track.codec[..])).collect()
}

/// Asserts the duration, to a thousandth of a second.
#[track_caller]
fn plays(found: &Inspection, seconds: f64) {
    let duration = found.duration.expect("a duration");
    assert!((duration - seconds).abs() < 0.001, "{duration} s");
}

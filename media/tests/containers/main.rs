//! What is found in the containers of sound, films and documents.

mod ebml;
mod mp3;
mod ogg;
mod ole;
mod pdf;
mod properties;
mod wav;
mod zip;

use divar_media::{Inspection, Known, TrackKind, drive, inspect};

/// What is found in a file.
fn found(file: &[u8]) -> Inspection {
    let mut known = Known::to_inspect(file.len() as u64);
    drive(file, &mut known, |known| inspect(known)).expect("no stop but a need")
}

/// The tracks' kinds and codecs.
fn tracks(found: &Inspection) -> Vec<(TrackKind, &str)> {
    let tracks = found.tracks.iter();
    tracks.map(|track| (track.kind, &track.codec[..])).collect()
}

/// Whether a file plays so many seconds, to a thousandth.
#[track_caller]
fn plays(found: &Inspection, seconds: f64) {
    let duration = found.duration.expect("a duration");
    assert!((duration - seconds).abs() < 0.001, "{duration} s");
}

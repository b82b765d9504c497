//! Small valid media files, made rather than collected: what tests read, and
//! what fuzzers begin with. Each format has a module with the parts of its
//! files, and an `all` of whole ones.

#![forbid(unsafe_code)]

pub mod exif;
pub mod gif;
pub mod isobmff;
pub mod jpeg;
pub mod matroska;
pub mod mp3;
pub mod ogg;
pub mod ole;
pub mod pdf;
pub mod png;
pub mod wav;
pub mod webp;
pub mod zip;

/// A file's name and its bytes.
pub type Sample = (&'static str, Vec<u8>);

/// Every sample, each under 2 KB.
#[must_use]
pub fn all() -> Vec<Sample> {
    [
        matroska::all(),
        gif::all(),
        isobmff::all(),
        jpeg::all(),
        mp3::all(),
        ogg::all(),
        ole::all(),
        pdf::all(),
        png::all(),
        wav::all(),
        webp::all(),
        zip::all(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn names_are_distinct_and_files_small() {
        let all = super::all();
        let names: BTreeSet<_> = all.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), all.len());
        for (name, bytes) in &all {
            assert!(bytes.len() < 2048, "{name} has {} bytes", bytes.len());
        }
    }
}

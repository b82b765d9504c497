//! What comes out of small files, beside what libheif's `heif-convert` makes of them. The pictures are
//! coded by `heif-enc`; `tests/prepare/heif-writer.js` wrote the boxes of those it does not make.

#![allow(missing_docs)]

use divar_heic::{FailureCode, Picture, decode};

const MAX_PIXELS: u32 = 1_000_000;
const CLEAR_RED: [u8; 4] = [255, 0, 0, 255];
const LIME: [u8; 4] = [0, 255, 0, 255];
const BLUE: [u8; 4] = [0, 0, 255, 255];
const YELLOW: [u8; 4] = [255, 255, 0, 255];

fn sample(name: &str) -> Vec<u8> {
    let path = format!("{}/samples/{name}.heic", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

fn decoded(name: &str) -> Picture {
    decode(&sample(name), MAX_PIXELS).unwrap()
}

fn code(bytes: &[u8], max_pixels: u32) -> Option<FailureCode> {
    decode(bytes, max_pixels)
        .err()
        .map(|failure| failure.code())
}

/// Top left, top right, bottom left, bottom right, each a little away from the edge.
fn corners(picture: &Picture) -> [[u8; 4]; 4] {
    let (right, bottom) = (picture.width - 3, picture.height - 3);
    [(2, 2), (right, 2), (2, bottom), (right, bottom)].map(|(x, y)| {
        let at = ((y * picture.width + x) * 4) as usize;
        picture.rgba[at..at + 4].try_into().unwrap()
    })
}

#[track_caller]
fn assert_shows(name: &str, size: (u32, u32), expected: [[u8; 4]; 4]) {
    let picture = decoded(name);
    assert_eq!((picture.width, picture.height), size);
    assert_eq!(picture.rgba.len(), (size.0 * size.1 * 4) as usize);
    let found = corners(&picture);
    for (found, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
        assert!(found.abs_diff(*expected) <= 3, "{:?}", corners(&picture));
    }
}

#[test]
fn decodes_every_chroma_format() {
    for name in ["quarters", "half-chroma", "full-chroma"] {
        assert_shows(name, (64, 64), [CLEAR_RED, LIME, BLUE, YELLOW]);
    }
}

#[test]
fn decodes_a_size_that_is_odd() {
    assert_shows("odd", (63, 47), [CLEAR_RED, LIME, BLUE, YELLOW]);
}

#[test]
fn rotates_mirrors_and_crops() {
    assert_shows("rotated", (64, 64), [LIME, YELLOW, CLEAR_RED, BLUE]);
    assert_shows("mirrored", (64, 64), [LIME, CLEAR_RED, YELLOW, BLUE]);
    assert_shows("cropped", (32, 16), [CLEAR_RED, LIME, BLUE, YELLOW]);
}

#[test]
fn assembles_a_grid_and_rotates_it() {
    assert_shows("grid", (128, 192), [BLUE, CLEAR_RED, YELLOW, LIME]);
}

#[test]
fn keeps_transparency() {
    let picture = decoded("transparent");
    assert!(!picture.is_opaque);
    assert!(decoded("quarters").is_opaque);
    let [opaque, clear, _, half] = corners(&picture);
    assert_eq!((opaque[3], clear[3]), (255, 0));
    assert!(half[3].abs_diff(128) <= 2 && half[0] > 250, "{half:?}");
}

#[test]
fn decodes_ten_bits_and_grey() {
    let grey = |value| [value, value, value, 255];
    assert_shows("grey", (64, 64), [grey(10), grey(10), grey(246), grey(246)]);
    // A gradient: libheif does not interpolate between its halved colours, so this is what was encoded.
    let (left, right) = ([247, 0, 8, 255], [8, 0, 247, 255]);
    assert_shows("deep", (64, 64), [left, right, left, right]);
}

/// Display P3 of (204, 51, 51), once in an ICC profile and once by numbers.
#[test]
fn converts_display_p3_to_srgb() {
    for name in ["p3", "numbered-p3"] {
        assert_shows(name, (64, 64), [[222, 24, 41, 255]; 4]);
    }
}

#[test]
fn refuses_hdr() {
    let hdr = sample("hdr");
    assert_eq!(code(&hdr, MAX_PIXELS), Some(FailureCode::Unsupported));
}

#[test]
fn refuses_more_pixels_than_it_may_decode() {
    let grid = sample("grid");
    assert_eq!(code(&grid, 128 * 192 - 1), Some(FailureCode::TooLarge));
    assert_eq!(code(&grid, 128 * 192), None);
}

#[test]
fn a_file_that_is_cut_off_is_damaged() {
    for name in ["quarters", "grid", "transparent", "p3"] {
        let whole = sample(name);
        for length in (20..whole.len() - 20).step_by(7) {
            assert!(
                code(&whole[..length], MAX_PIXELS).is_some(),
                "{name}, {length} bytes"
            );
        }
        let code = code(&whole[..whole.len() - 20], MAX_PIXELS);
        assert_eq!(code, Some(FailureCode::Damaged), "{name}");
    }
}

#[test]
fn a_file_of_another_kind_is_not_supported() {
    assert!(code(b"", MAX_PIXELS).is_some());
    let movie = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08mdat";
    assert!(code(movie, MAX_PIXELS).is_some());
}

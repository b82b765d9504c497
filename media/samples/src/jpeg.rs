//! JPEG.

use crate::Sample;

/// A segment with its marker and length.
///
/// # Panics
///
/// When the payload is longer than a segment may be.
#[must_use]
pub fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).expect("a short payload");
    [&[0xff, marker], &length.to_be_bytes()[..], payload].concat()
}

/// A grey square of eight by eight.
#[must_use]
pub fn square() -> Vec<u8> {
    [
        START.to_vec(),
        jfif(),
        tables(),
        frame(),
        scan(),
        END.to_vec(),
    ]
    .concat()
}

/// SOI.
pub const START: &[u8] = &[0xff, 0xd8];

/// EOI.
pub const END: &[u8] = &[0xff, 0xd9];

/// The APP0 of JFIF.
#[must_use]
pub fn jfif() -> Vec<u8> {
    segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
}

/// A quantisation table of ones, and Huffman tables of one code each: no
/// difference, and end of block.
#[must_use]
pub fn tables() -> Vec<u8> {
    let quantisation = [&[0][..], &[1; 64]].concat();
    let huffman = |class| [&[class, 1][..], &[0; 16]].concat();
    [
        segment(0xdb, &quantisation),
        segment(0xc4, &huffman(0x00)),
        segment(0xc4, &huffman(0x10)),
    ]
    .concat()
}

/// The SOF of a baseline picture of eight by eight, of one component.
#[must_use]
pub fn frame() -> Vec<u8> {
    segment(0xc0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0])
}

/// The SOS of one component and its data, one block.
#[must_use]
pub fn scan() -> Vec<u8> {
    [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x3f]].concat()
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![("square.jpg", square())]
}

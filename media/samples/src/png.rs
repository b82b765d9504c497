//! PNG.

use crate::Sample;

/// What a file begins with.
pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A chunk with its length and CRC.
///
/// # Panics
///
/// When the data has four gigabytes.
#[must_use]
pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("short data");
    let named = [&kind[..], data].concat();
    let crc = crc32(&named);
    [&length.to_be_bytes()[..], &named, &crc.to_be_bytes()].concat()
}

/// The CRC-32 of chunks.
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

/// The IHDR of a picture of one grey dot.
#[must_use]
pub fn header() -> Vec<u8> {
    chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
}

/// The IDAT of one grey dot: a zlib stream of one stored block.
#[must_use]
pub fn data() -> Vec<u8> {
    chunk(
        b"IDAT",
        &[0x78, 1, 1, 2, 0, 0xfd, 0xff, 0, 0x80, 0, 0x82, 0, 0x81],
    )
}

/// The IEND.
#[must_use]
pub fn end() -> Vec<u8> {
    chunk(b"IEND", &[])
}

/// One grey dot.
#[must_use]
pub fn dot() -> Vec<u8> {
    [SIGNATURE.to_vec(), header(), data(), end()].concat()
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![("dot.png", dot())]
}

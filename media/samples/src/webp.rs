//! WebP.

use crate::Sample;

/// A chunk with its length, padded to an even one.
///
/// # Panics
///
/// When the data has four gigabytes.
#[must_use]
pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("short data");
    let padding = vec![0; data.len() % 2];
    [&kind[..], &length.to_le_bytes(), data, &padding].concat()
}

/// A file of these chunks.
#[must_use]
pub fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

/// One dot, with loss.
#[must_use]
pub fn lossy() -> Vec<u8> {
    chunk(
        b"VP8 ",
        b"\x30\x01\0\x9d\x01\x2a\x01\0\x01\0\x0e\xc0\xfe\x25\xa4\0\x03\x70\0\0\0\0",
    )
}

/// One transparent dot, without loss.
#[must_use]
pub fn lossless() -> Vec<u8> {
    chunk(b"VP8L", b"\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07")
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![
        ("lossy.webp", file(&[lossy()])),
        ("lossless.webp", file(&[lossless()])),
    ]
}

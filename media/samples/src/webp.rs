//! WebP.

use crate::Sample;
use crate::exif::{Exif, SECRET};

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

/// The head of a file of more than one chunk, of one dot: what it has, by bits.
#[must_use]
pub fn extended(flags: u8) -> Vec<u8> {
    chunk(b"VP8X", &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0])
}

/// The bits of [`extended`].
pub mod flags {
    /// Several frames.
    pub const ANIMATION: u8 = 0x02;
    /// An XMP packet.
    pub const XMP: u8 = 0x04;
    /// An Exif block.
    pub const EXIF: u8 = 0x08;
    /// Transparent pixels.
    pub const ALPHA: u8 = 0x10;
}

/// An Exif block.
#[must_use]
pub fn exif(exif: Exif) -> Vec<u8> {
    chunk(b"EXIF", &exif.tiff())
}

/// An XMP packet that says where the picture was taken.
#[must_use]
pub fn xmp() -> Vec<u8> {
    let packet = b"<x:xmpmeta exif:GPSLatitude='35,41N'/>";
    chunk(b"XMP ", &[packet, SECRET].concat())
}

/// One dot in two frames.
#[must_use]
pub fn animated() -> Vec<u8> {
    let frame = [vec![0; 12], vec![10, 0, 0, 0], lossy()].concat();
    let frame = chunk(b"ANMF", &frame);
    let animation = chunk(b"ANIM", &[0; 6]);
    file(&[extended(flags::ANIMATION), animation, frame.clone(), frame])
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    let exif = exif(Exif {
        orientation: Some(3),
        device: true,
        ..Exif::default()
    });
    let told = [extended(flags::EXIF | flags::XMP), lossy(), exif, xmp()];
    vec![
        ("lossy.webp", file(&[lossy()])),
        ("lossless.webp", file(&[lossless()])),
        ("animated.webp", animated()),
        ("told.webp", file(&told)),
    ]
}

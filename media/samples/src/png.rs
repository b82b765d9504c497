//! PNG.

use crate::Sample;
use crate::exif::{Exif, SECRET};

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
    dot_with(&[], &[], &[])
}

/// The dot with these chunks before and behind its data, and this behind its
/// end.
#[must_use]
pub fn dot_with(before: &[Vec<u8>], behind: &[Vec<u8>], trailing: &[u8]) -> Vec<u8> {
    let (before, behind) = (before.concat(), behind.concat());
    let parts = [SIGNATURE, &header(), &before, &data(), &behind, &end()];
    [&parts.concat(), trailing].concat()
}

/// An `eXIf`.
#[must_use]
pub fn exif(exif: Exif) -> Vec<u8> {
    chunk(b"eXIf", &exif.tiff())
}

/// A text.
#[must_use]
pub fn text() -> Vec<u8> {
    chunk(b"tEXt", &[b"Comment\0", SECRET].concat())
}

/// An XMP packet that says where the picture was taken.
#[must_use]
pub fn xmp() -> Vec<u8> {
    let name = b"XML:com.adobe.xmp\0\0\0\0\0";
    let packet = b"<x:xmpmeta exif:GPSLatitude='35,41N'/>";
    chunk(b"iTXt", &[name, &packet[..], SECRET].concat())
}

/// A time.
#[must_use]
pub fn time() -> Vec<u8> {
    chunk(b"tIME", &[0x07, 0xe9, 1, 2, 3, 4, 5])
}

/// One dot that changes its grey.
#[must_use]
pub fn animated() -> Vec<u8> {
    let control = |number: u8| {
        let size = [0, 0, 0, 1, 0, 0, 0, 1];
        let (place, delay) = ([0; 8], [0, 1, 0, 10]);
        let number = [0, 0, 0, number];
        chunk(
            b"fcTL",
            &[&number[..], &size, &place, &delay, &[0, 0]].concat(),
        )
    };
    let data = [0x78, 1, 1, 2, 0, 0xfd, 0xff, 0, 0x40, 0, 0x42, 0, 0x41];
    let second = [
        control(1),
        chunk(b"fdAT", &[&[0, 0, 0, 2], &data[..]].concat()),
    ];
    let animation = chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    dot_with(&[animation, control(0)], &second, &[])
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    let told = exif(Exif {
        big_endian: true,
        orientation: Some(8),
        device: true,
        time: true,
        location: true,
        thumbnail: true,
    });
    let transparent = chunk(b"tRNS", &[0, 0x80]);
    vec![
        ("dot.png", dot()),
        ("animated.png", animated()),
        ("transparent.png", dot_with(&[transparent], &[], &[])),
        (
            "told.png",
            dot_with(&[xmp(), time()], &[told, text()], SECRET),
        ),
    ]
}

//! JPEG.

use crate::Sample;
use crate::exif::{Exif, SECRET};

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

/// The same square in two scans, as progressive pictures have them, with
/// something between.
#[must_use]
pub fn progressive(between: &[u8]) -> Vec<u8> {
    let frame = segment(0xc2, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    let scan = |from, to| [segment(0xda, &[1, 1, 0, from, to, 0]), vec![0x7f]].concat();
    [
        START,
        &tables(),
        &frame,
        &scan(0, 0),
        between,
        &scan(1, 63),
        END,
    ]
    .concat()
}

/// Two squares side by side, with a restart between.
#[must_use]
pub fn restarted() -> Vec<u8> {
    let frame = segment(0xc0, &[8, 0, 8, 0, 16, 1, 1, 0x11, 0]);
    let interval = segment(0xdd, &[0, 1]);
    let rest = [0xff, 0xd0, 0x3f];
    [START, &tables(), &interval, &frame, &scan(), &rest, END].concat()
}

/// A square that tells its height behind its data.
#[must_use]
pub fn of_late_height() -> Vec<u8> {
    let frame = segment(0xc0, &[8, 0, 0, 0, 8, 1, 1, 0x11, 0]);
    let height = segment(0xdc, &[0, 8]);
    [START, &tables(), &frame, &scan(), &height, END].concat()
}

/// A picture of grey blocks in a row, and the number of its entropy-coded bytes.
/// Each block has two bits, both zero; ones pad the last byte.
///
/// # Panics
///
/// When there are more blocks than a row may have.
#[must_use]
pub fn row_of_blocks(blocks: u16) -> (Vec<u8>, usize) {
    let [high, low] = (blocks * 8).to_be_bytes();
    let frame = segment(0xc0, &[8, 0, 8, high, low, 1, 1, 0x11, 0]);
    let header = segment(0xda, &[1, 1, 0, 0, 63, 0]);
    let data = bits(usize::from(blocks) * 2);
    let file = [START, &tables(), &frame, &header, &data, END].concat();
    (file, data.len())
}

/// The same in four progressive scans: DC, its refinement, AC, its refinement.
///
/// # Panics
///
/// As [`row_of_blocks`].
#[must_use]
pub fn progressive_row(blocks: u16) -> (Vec<u8>, usize) {
    let [high, low] = (blocks * 8).to_be_bytes();
    let frame = segment(0xc2, &[8, 0, 8, high, low, 1, 1, 0x11, 0]);
    let scan = |from, to, approximation| {
        let header = segment(0xda, &[1, 1, 0, from, to, approximation]);
        [header, bits(blocks.into())].concat()
    };
    let scans = [
        scan(0, 0, 1),
        scan(0, 0, 0x10),
        scan(1, 63, 1),
        scan(1, 63, 0x10),
    ];
    let file = [START, &tables(), &frame, &scans.concat(), END].concat();
    (file, bits(blocks.into()).len())
}

/// Zero bits, padded with ones.
fn bits(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count / 8];
    if !count.is_multiple_of(8) {
        bytes.push(0xff >> (count % 8));
    }
    bytes
}

/// A trailer as Samsung's cameras append it: a block, and a directory that says
/// how far before it the block begins.
///
/// # Panics
///
/// When the block has four gigabytes.
#[must_use]
pub fn samsung_trailer(block: &[u8]) -> Vec<u8> {
    let length = u32::try_from(block.len())
        .expect("a short block")
        .to_le_bytes();
    let entry = [&[0, 0, 0x30, 0x0a][..], &length, &length].concat();
    let directory = [&b"SEFH\x6a\0\0\0\x01\0\0\0"[..], &entry].concat();
    [block, &directory, &24_u32.to_le_bytes(), b"SEFT"].concat()
}

/// The square with these segments before its tables, and this behind its end.
#[must_use]
pub fn square_with(segments: &[Vec<u8>], trailing: &[u8]) -> Vec<u8> {
    let segments = segments.concat();
    [
        START,
        &segments,
        &tables(),
        &frame(),
        &scan(),
        END,
        trailing,
    ]
    .concat()
}

/// An APP1 of Exif.
#[must_use]
pub fn exif(exif: Exif) -> Vec<u8> {
    segment(0xe1, &[b"Exif\0\0", &exif.tiff()[..]].concat())
}

/// An APP1 of XMP that says where the picture was taken.
#[must_use]
pub fn xmp() -> Vec<u8> {
    let name = b"http://ns.adobe.com/xap/1.0/\0";
    segment(0xe1, &[name, XMP, SECRET].concat())
}

const XMP: &[u8] = b"<x:xmpmeta exif:GPSLatitude='35,41N'/>";

/// An APP13 as Photoshop writes it.
#[must_use]
pub fn iptc() -> Vec<u8> {
    segment(0xed, &[b"Photoshop 3.0\0", SECRET].concat())
}

/// A comment.
#[must_use]
pub fn comment() -> Vec<u8> {
    segment(0xfe, SECRET)
}

/// An APP2 of a colour profile, which is none that a decoder could use.
#[must_use]
pub fn profile() -> Vec<u8> {
    segment(0xe2, b"ICC_PROFILE\0\x01\x01profile")
}

/// An APP2 that points at further pictures.
#[must_use]
pub fn index() -> Vec<u8> {
    segment(0xe2, &[b"MPF\0", SECRET].concat())
}

/// The APP14 that tells how colours are stored.
#[must_use]
pub fn adobe() -> Vec<u8> {
    segment(0xee, b"Adobe\0d\0\0\0\0\0")
}

/// The APP0 of JFIF with a thumbnail of one dot.
#[must_use]
pub fn jfif_with_thumbnail() -> Vec<u8> {
    segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01THU")
}

/// What a phone writes.
#[must_use]
pub fn from_a_phone() -> Vec<u8> {
    let exif = exif(Exif {
        big_endian: false,
        orientation: Some(6),
        device: true,
        time: true,
        location: true,
        thumbnail: true,
    });
    let segments = [exif, xmp(), index(), profile(), iptc(), comment()];
    square_with(&segments, &square())
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    let movie = b"\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0\x08mdat";
    let clutter = [&[0xff; 3], &comment()[..], &[0xff; 2]].concat();
    vec![
        ("square.jpg", square()),
        ("progressive.jpg", progressive(&[])),
        ("comment-between-scans.jpg", progressive(&clutter)),
        ("restarted.jpg", restarted()),
        ("late-height.jpg", of_late_height()),
        ("phone.jpg", from_a_phone()),
        ("movie-behind.jpg", square_with(&[jfif(), xmp()], movie)),
        (
            "thumbnail.jpg",
            square_with(&[jfif_with_thumbnail(), adobe()], &[]),
        ),
    ]
}

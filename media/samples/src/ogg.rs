//! Ogg.

use crate::Sample;

/// The first page of its stream.
pub const BEGIN: u8 = 2;
/// The last page of its stream.
pub const END: u8 = 4;

/// A page with one packet, up to a position.
///
/// # Panics
///
/// When the packet is longer than a page.
#[must_use]
pub fn page(flags: u8, position: u64, serial: u32, packet: &[u8]) -> Vec<u8> {
    let full = u8::try_from(packet.len() / 255 + 1).expect("a packet of one page");
    let mut lengths = vec![255; usize::from(full) - 1];
    lengths.push(u8::try_from(packet.len() % 255).expect("a rest"));
    let mut page = [
        &b"OggS\0"[..],
        &[flags],
        &position.to_le_bytes(),
        &serial.to_le_bytes(),
        &[0; 8],
        &[full],
        &lengths,
        packet,
    ]
    .concat();
    let sum = checksum(&page).to_le_bytes();
    page[22..26].copy_from_slice(&sum);
    page
}

/// CRC-32 as Ogg has it: not reflected, from zero.
fn checksum(page: &[u8]) -> u32 {
    page.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| {
            sum << 1 ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 }
        })
    })
}

/// Comments, behind the head of a codec.
///
/// # Panics
///
/// When a comment is longer than 4 GB.
#[must_use]
pub fn comments(head: &[u8], comments: &[&str]) -> Vec<u8> {
    let length = |length: usize| u32::try_from(length).expect("short").to_le_bytes();
    let mut packet = [head, &length(7), b"encoder", &length(comments.len())].concat();
    for comment in comments {
        packet.extend(length(comment.len()));
        packet.extend(comment.bytes());
    }
    packet
}

/// The head of one channel of Opus, of which 312 samples are skipped.
pub const OPUS_HEAD: &[u8] = b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0";

/// A second of silence in Opus.
#[must_use]
pub fn opus(said: &[&str]) -> Vec<u8> {
    [
        page(BEGIN, 0, 7, OPUS_HEAD),
        page(0, 0, 7, &comments(b"OpusTags", said)),
        page(END, 48_312, 7, &[0xf8, 0xff, 0xfe]),
    ]
    .concat()
}

/// Half a second of what claims to be Vorbis.
#[must_use]
pub fn vorbis() -> Vec<u8> {
    let head = b"\x01vorbis\0\0\0\0\x01\x40\x1f\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xb8\x01";
    [
        page(BEGIN, 0, 1, head),
        page(0, 0, 1, &comments(b"\x03vorbis", &["TITLE=A title"])),
        page(END, 4000, 1, &[0; 300]),
    ]
    .concat()
}

/// FLAC and Speex, each with an empty rest.
#[must_use]
pub fn two_streams() -> Vec<u8> {
    let mut flac = b"\x7fFLAC\x01\0\0\x01fLaC\0\0\0\x22".to_vec();
    flac.extend([0; 34]);
    // 8000 samples a second, in the upper 20 bits.
    flac[27..30].copy_from_slice(&[0x01, 0xf4, 0x00]);
    let mut speex = b"Speex   ".to_vec();
    speex.extend([0; 72]);
    speex[36..40].copy_from_slice(&8000_u32.to_le_bytes());
    [
        page(BEGIN, 0, 1, &flac),
        page(BEGIN, 0, 2, &speex),
        page(0, 0, 1, &comments(&[0x84, 0, 0, 15], &["DATE=2026"])),
        page(END, 16_000, 1, &[0]),
        page(END, 8000, 2, &[0]),
    ]
    .concat()
}

/// Two pictures of 32 by 16 in Theora, two a second.
#[must_use]
pub fn theora() -> Vec<u8> {
    let head = [
        &b"\x80theora\x03\x02\x01\0\x02\0\x01"[..],
        &[0, 0, 32, 0, 0, 16, 0, 0],
        &2_u32.to_be_bytes(),
        &1_u32.to_be_bytes(),
        &[0; 10],
        &(6_u16 << 5).to_be_bytes(),
    ]
    .concat();
    [
        page(BEGIN, 0, 1, &head),
        page(0, 0, 1, &comments(b"\x81theora", &[])),
        page(END, 1 << 6 | 1, 1, &[0]),
    ]
    .concat()
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![
        ("voice.ogg", opus(&[])),
        ("titled.ogg", opus(&["TITLE=A title", "ENCODER=A program"])),
        ("vorbis.ogg", vorbis()),
        ("theora.ogg", theora()),
        ("two.ogg", two_streams()),
    ]
}

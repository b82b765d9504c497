//! MP3.

use crate::Sample;

/// A frame of silence: MPEG-1 layer III, 32 kbit/s, 44100 samples a second, one channel.
#[must_use]
pub fn frame() -> Vec<u8> {
    let mut frame = vec![0; 104];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x10, 0xc4]);
    frame
}

/// So many frames.
#[must_use]
pub fn frames(count: usize) -> Vec<u8> {
    frame().repeat(count)
}

/// The frame in front of a variable bit rate, which says how many frames and bytes follow.
#[must_use]
pub fn xing(frames: u32, bytes: u32) -> Vec<u8> {
    let mut frame = frame();
    frame[21..25].copy_from_slice(b"Xing");
    frame[25..29].copy_from_slice(&3_u32.to_be_bytes());
    frame[29..33].copy_from_slice(&frames.to_be_bytes());
    frame[33..37].copy_from_slice(&bytes.to_be_bytes());
    frame
}

/// As [`xing`], as another encoder writes it.
#[must_use]
pub fn vbri(frames: u32, bytes: u32) -> Vec<u8> {
    let mut frame = frame();
    frame[36..40].copy_from_slice(b"VBRI");
    frame[46..50].copy_from_slice(&bytes.to_be_bytes());
    frame[50..54].copy_from_slice(&frames.to_be_bytes());
    frame
}

/// A frame of an ID3 tag of version 2.3.
///
/// # Panics
///
/// When the body is longer than a frame may be.
#[must_use]
pub fn id3_frame(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a short body");
    [name, &length.to_be_bytes()[..], &[0, 0], body].concat()
}

/// An ID3 tag of a version, with these frames and padding.
///
/// # Panics
///
/// When the frames are longer than a tag may be.
#[must_use]
pub fn id3(version: u8, frames: &[u8]) -> Vec<u8> {
    let padded = [frames, &[0; 20]].concat();
    let length = u32::try_from(padded.len()).expect("short frames");
    let seven = |shift: u32| u8::try_from(length >> shift & 0x7f).expect("seven bits");
    let size = [seven(21), seven(14), seven(7), seven(0)];
    [b"ID3", &[version, 0, 0][..], &size, &padded].concat()
}

/// A tag with a title, the encoder's name and a picture.
#[must_use]
pub fn tag() -> Vec<u8> {
    let frames = [
        id3_frame(b"TIT2", b"\0A title"),
        id3_frame(b"TSSE", b"\0An encoder"),
        id3_frame(b"APIC", b"\0image/png\0\x03\0no picture"),
    ];
    id3(3, &frames.concat())
}

/// The tag of version 1, which is at the end.
#[must_use]
pub fn id3v1() -> Vec<u8> {
    let mut tag = vec![0; 128];
    tag[..10].copy_from_slice(b"TAGA title");
    tag
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![
        ("plain.mp3", frames(4)),
        ("tagged.mp3", [tag(), frames(2), id3v1()].concat()),
        ("short-tag.mp3", {
            let title = b"TT2\0\0\x08\0A title";
            [id3(2, title), frames(2)].concat()
        }),
        ("xing.mp3", [xing(2, 312), frames(2)].concat()),
        ("vbri.mp3", [vbri(3, 312), frames(2)].concat()),
    ]
}

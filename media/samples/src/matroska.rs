//! `WebM` and Matroska.

use crate::Sample;

/// A length that is left open.
pub const UNKNOWN: &[u8] = &[0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

/// An element by its number as it is written, with its length in four bytes.
///
/// # Panics
///
/// When the body is longer than that can tell.
#[must_use]
pub fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a short body") | 0x1000_0000;
    [id, &length.to_be_bytes()[..], body].concat()
}

/// The header of a kind of file.
#[must_use]
pub fn header(kind: &str) -> Vec<u8> {
    element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", kind.as_bytes()))
}

/// The number of a segment.
pub const SEGMENT: &[u8] = b"\x18\x53\x80\x67";

/// The properties of a movie, with a duration in milliseconds where it is known.
#[must_use]
pub fn info(duration: Option<f64>) -> Vec<u8> {
    let duration = duration.map(|duration| element(b"\x44\x89", &duration.to_be_bytes()));
    let body = [
        element(b"\x2a\xd7\xb1", &1_000_000_u32.to_be_bytes()),
        duration.unwrap_or_default(),
        element(b"\x4d\x80", b"A library"),
        element(b"\x57\x41", b"A program"),
    ];
    element(b"\x15\x49\xa9\x66", &body.concat())
}

/// A track of pictures, 320 by 240, and one of sound.
#[must_use]
pub fn tracks() -> Vec<u8> {
    let size = [element(b"\xb0", &[1, 64]), element(b"\xba", &[240])];
    let video = [
        element(b"\x83", &[1]),
        element(b"\x86", b"V_VP9"),
        element(b"\xe0", &size.concat()),
    ];
    let audio = [element(b"\x83", &[2]), element(b"\x86", b"A_OPUS")];
    let both = [
        element(b"\xae", &video.concat()),
        element(b"\xae", &audio.concat()),
    ];
    element(b"\x16\x54\xae\x6b", &both.concat())
}

/// A cluster without a block.
#[must_use]
pub fn cluster() -> Vec<u8> {
    element(b"\x1f\x43\xb6\x75", &element(b"\xe7", &[0]))
}

/// Tags of these names.
#[must_use]
pub fn tags(names: &[&str]) -> Vec<u8> {
    let tags = names.iter().map(|name| {
        let parts = [
            element(b"\x45\xa3", name.as_bytes()),
            element(b"\x44\x87", b"A value"),
        ];
        element(b"\x67\xc8", &parts.concat())
    });
    let tag = element(b"\x73\x73", &tags.collect::<Vec<_>>().concat());
    element(b"\x12\x54\xc3\x67", &tag)
}

/// The list that says where the segment has its tags.
#[must_use]
pub fn seek_head(place: u32) -> Vec<u8> {
    let seek = [
        element(b"\x53\xab", b"\x12\x54\xc3\x67"),
        element(b"\x53\xac", &place.to_be_bytes()),
    ];
    element(b"\x11\x4d\x9b\x74", &element(b"\x4d\xbb", &seek.concat()))
}

/// A movie as an encoder writes it.
#[must_use]
pub fn movie() -> Vec<u8> {
    let parts = [info(Some(1500.0)), tracks(), cluster()];
    [header("webm"), element(SEGMENT, &parts.concat())].concat()
}

/// A movie as a browser's recorder leaves it: without lengths.
#[must_use]
pub fn recorded() -> Vec<u8> {
    let cluster = [b"\x1f\x43\xb6\x75", UNKNOWN, &element(b"\xe7", &[0])].concat();
    let parts = [info(None), tracks(), cluster];
    [&header("webm"), SEGMENT, UNKNOWN, &parts.concat()].concat()
}

/// A movie with tags at its end, of these names.
///
/// # Panics
///
/// When the movie is longer than 4 GB.
#[must_use]
pub fn tagged(names: &[&str]) -> Vec<u8> {
    let parts = [info(Some(1500.0)), tracks(), cluster()].concat();
    let place = seek_head(0).len() + parts.len();
    let list = seek_head(u32::try_from(place).expect("a short movie"));
    let parts = [list, parts, tags(names)].concat();
    [header("matroska"), element(SEGMENT, &parts)].concat()
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![
        ("movie.webm", movie()),
        ("recorded.webm", recorded()),
        ("tagged.mkv", tagged(&["LOCATION", "ENCODER", "TITLE"])),
        ("cut.webm", movie()[..120].to_vec()),
    ]
}

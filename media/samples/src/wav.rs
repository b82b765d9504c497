//! WAV.

use crate::Sample;

/// A chunk with its name and length, padded to an even length.
///
/// # Panics
///
/// When the body is longer than a chunk may be.
#[must_use]
pub fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a short body");
    let padding = vec![0; body.len() % 2];
    [name, &length.to_le_bytes()[..], body, &padding].concat()
}

/// A file of these chunks.
#[must_use]
pub fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[b"WAVE", &chunks.concat()[..]].concat())
}

/// `fmt ` of one channel and 8000 samples a second, each of `bits` bits.
#[must_use]
pub fn format(tag: u16, bits: u16) -> Vec<u8> {
    let bytes = bits / 8;
    let body = [
        &tag.to_le_bytes()[..],
        &1_u16.to_le_bytes(),
        &8000_u32.to_le_bytes(),
        &(8000 * u32::from(bytes)).to_le_bytes(),
        &bytes.to_le_bytes(),
        &bits.to_le_bytes(),
    ];
    chunk(b"fmt ", &body.concat())
}

/// An eighth of a second of silence.
#[must_use]
pub fn silence() -> Vec<u8> {
    file(&[format(1, 8), chunk(b"data", &[0x80; 1000])])
}

/// As a recorder leaves it that cannot go back: without lengths.
#[must_use]
pub fn streamed() -> Vec<u8> {
    let mut file = silence();
    let unset = u32::MAX.to_le_bytes();
    file[4..8].copy_from_slice(&unset);
    file[40..44].copy_from_slice(&unset);
    file
}

/// With a title and the name of a program.
#[must_use]
pub fn titled() -> Vec<u8> {
    let info = [
        &b"INFO"[..],
        &chunk(b"INAM", b"A title"),
        &chunk(b"ISFT", b"A program"),
    ];
    let data = chunk(b"data", &[0xd5; 80]);
    file(&[format(6, 8), chunk(b"LIST", &info.concat()), data])
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![
        ("silence.wav", silence()),
        ("streamed.wav", streamed()),
        ("titled.wav", titled()),
    ]
}

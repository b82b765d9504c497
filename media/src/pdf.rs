//! PDF: its end, and of its properties those that stand at its two ends.

use crate::inspection::{Inspection, Kind, Private};
use crate::known::{Known, Stop};

/// How much of either end is searched. Readers want the end's mark in the last 1024 bytes.
const WINDOW: usize = 2048;

/// The entries of the document's properties, and what they tell.
const PROPERTIES: [(&[u8], Private); 9] = [
    (b"/Author", Private::Text),
    (b"/Title", Private::Text),
    (b"/Subject", Private::Text),
    (b"/Keywords", Private::Text),
    (b"/Creator", Private::Device),
    (b"/Producer", Private::Device),
    (b"/CreationDate", Private::Time),
    (b"/ModDate", Private::Time),
    (b"<?xpacket", Private::Xmp),
];

/// Looks into one. Properties in the middle, or packed, are not looked for.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Pdf;
    let head = WINDOW.min(usize::try_from(known.size()).unwrap_or(WINDOW));
    properties(known.get(0, head)?, found);
    let (_, tail) = known.tail(WINDOW)?;
    properties(tail, found);
    found.truncated = !has(tail, b"%%EOF");
    Ok(())
}

fn properties(bytes: &[u8], found: &mut Inspection) {
    for (name, what) in PROPERTIES {
        if has(bytes, name) {
            found.tells(what);
        }
    }
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

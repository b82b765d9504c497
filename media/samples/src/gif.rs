//! GIF.

use crate::Sample;

/// One black or white dot on a screen of one dot.
#[must_use]
pub fn dot() -> Vec<u8> {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    [head, IMAGE, TRAILER].concat()
}

/// An image of one dot.
pub const IMAGE: &[u8] = b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";

/// What ends a file.
pub const TRAILER: &[u8] = b";";

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![("dot.gif", dot())]
}

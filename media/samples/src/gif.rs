//! GIF.

use crate::Sample;

/// What a file of one dot begins with: its size and two colours.
pub const HEAD: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";

/// An image of one dot.
pub const IMAGE: &[u8] = b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";

/// What makes the first colour of the next image transparent.
pub const TRANSPARENT: &[u8] = b"!\xf9\x04\x01\x0a\0\0\0";

/// What makes images repeat.
pub const REPEATED: &[u8] = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";

/// What ends a file.
pub const TRAILER: &[u8] = b";";

/// A comment.
pub const COMMENT: &[u8] = b"!\xfe\x07SECRET!\0";

/// One black dot.
#[must_use]
pub fn dot() -> Vec<u8> {
    [HEAD, IMAGE, TRAILER].concat()
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    let moving = [HEAD, REPEATED, TRANSPARENT, IMAGE, IMAGE, TRAILER].concat();
    let commented = [HEAD, COMMENT, IMAGE, TRAILER].concat();
    vec![
        ("dot.gif", dot()),
        ("moving.gif", moving),
        ("commented.gif", commented),
    ]
}

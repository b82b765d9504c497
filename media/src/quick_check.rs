//! The check that a page makes before it loads any parser.
//!
//! It accepts what its first and last bytes show to be whole: nearly every picture
//! and PDF. It rejects nothing: all else is for [`UploadCheck`], which needs the
//! parsers. So both give one judgement, but for a file that is broken between its
//! beginning and its end, which the quick check does not see.
//!
//! [`UploadCheck`]: crate::UploadCheck

use crate::bytes::contains;
use crate::detect::{Container, HEAD_BYTES};
use crate::formats::{Format, MediaType};
use crate::upload_check::Accepted;

/// How many of a file's last bytes the quick check needs.
pub const TAIL_BYTES: usize = 2048;

/// How many of a file's first bytes the quick check needs.
pub const QUICK_HEAD_BYTES: usize = HEAD_BYTES;

/// Accepts a file called `name` by its first [`QUICK_HEAD_BYTES`] and its last
/// [`TAIL_BYTES`], or all that it has. `None` if these do not decide.
#[must_use]
pub fn quick_check(
    head: &[u8],
    tail: &[u8],
    name: &str,
    wanted: Option<MediaType>,
) -> Option<Accepted> {
    let (format, is_whole) = match Container::of(head, u64::MAX)? {
        // PNG (third edition), 11.2.4; ITU-T T.81, B.1.1.3; ISO 32000-1, 7.5.5.
        Container::Png => (Format::Png, tail.ends_with(b"IEND\xaeB`\x82")),
        Container::Jpeg => (Format::Jpeg, tail.ends_with(&[0xff, 0xd9])),
        Container::Pdf => (Format::Pdf, contains(tail, b"startxref")),
        _ => return None,
    };
    let media_type = format.accepted_as()?;
    if !is_whole || wanted.is_some_and(|wanted| wanted != media_type) {
        return None;
    }
    Some(Accepted::new(media_type, format, name))
}

//! Whether Divar takes a file as it is: the check before an upload.
//!
//! It is made of the functions that [`crate::Inspector`] uses and needs little of
//! the file, so that every page can have it. Where that does not tell, the file
//! [needs the validation](needs_validation) by the parsers that prepare it. Where these
//! cannot be loaded, this check counts: a wrong refusal is worse than a wrong acceptance.

use std::ops::Range;

use crate::container::isobmff::BrandFamily;
pub use crate::container::isobmff::MovieCheck;
use crate::detect::{Container, PDF_HEAD_BYTES};
use crate::document::pdf;
use crate::formats::{Format, MediaType};
use crate::image::{jpeg, png};
use crate::sparse_file::ParseError;

/// How many of a file's first bytes are needed.
pub const HEAD_BYTES: usize = PDF_HEAD_BYTES;

/// How many of them hold the signature of most formats.
pub const SIGNATURE_BYTES: usize = 16;

/// How many of the last bytes are needed: something may follow the end of a PNG or a
/// PDF.
const TAIL_BYTES: u64 = pdf::LONGEST_TRAILER;

/// What the caller says of a file.
#[derive(Clone, Copy, Debug)]
pub struct Label<'a> {
    /// Its name, or nothing.
    pub name: &'a str,
    /// Its MIME type without parameters, or nothing.
    pub mime: &'a str,
}

/// Why Divar does not take a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// It is of no format that the media type takes, for this reason if there is one.
    UnsupportedFormat(Option<&'static str>),
    /// It ends before its content does.
    Truncated,
    /// It contradicts its own format, for this reason.
    Malformed(&'static str),
}

impl From<ParseError> for Rejected {
    /// What an error of a parser means.
    fn from(error: ParseError) -> Self {
        match error {
            ParseError::Unsupported(words) => Self::UnsupportedFormat(Some(words)),
            ParseError::Malformed(words) => Self::Malformed(words),
            _ => Self::Truncated,
        }
    }
}

impl Label<'_> {
    fn claims(&self, format: Format) -> bool {
        let dot = self.name.bytes().rposition(|byte| byte == b'.');
        let extension = dot.and_then(|dot| self.name.get(dot.checked_add(1)?..));
        extension.is_some_and(|it| it.eq_ignore_ascii_case(format.extension()))
            || self.mime == format.mime()
    }

    fn claimed(&self, choices: &[Format]) -> Option<Format> {
        choices.iter().copied().find(|format| self.claims(*format))
    }

    /// Recorders write general brands into audio too.
    fn claims_audio(&self) -> bool {
        self.mime.starts_with("audio/") || self.claimed(&[Format::M4a, Format::ThreeGp]).is_some()
    }
}

/// The part of a file of `size` bytes that decides beside `head`, its first
/// [`HEAD_BYTES`]. It may be empty.
#[must_use]
pub fn deciding_part(head: &[u8], size: u64) -> Range<u64> {
    match Container::of(head, size) {
        Some(Container::Png | Container::Pdf) => size.saturating_sub(TAIL_BYTES)..size,
        Some(Container::Jpeg) => size.saturating_sub(jpeg::TAIL_BYTES as u64)..size,
        _ => 0..0,
    }
}

/// What a file of `size` bytes is sent as, which is `wanted` where that is given,
/// and its format: by its first [`HEAD_BYTES`] and its [`deciding_part`]. Videos and
/// voice notes need a [`MovieCheck`] as well.
///
/// # Errors
///
/// See [`Rejected`].
pub fn check(
    head: &[u8],
    part: &[u8],
    size: u64,
    label: Label<'_>,
    wanted: Option<MediaType>,
) -> Result<(MediaType, Format), Rejected> {
    match Container::of(head, size) {
        Some(Container::Png) if !png::has_end(part) => Err(Rejected::Truncated),
        Some(Container::Pdf) if !pdf::is_whole(head, part, size) => Err(Rejected::Truncated),
        _ => accept(claimed(head, size, label, wanted), wanted),
    }
}

/// Whether only the preparation tells if the file is whole and is what it seems to be:
/// the content types of an office document and the end of some pictures lie elsewhere.
#[must_use]
pub fn needs_validation(head: &[u8], part: &[u8], size: u64) -> bool {
    match Container::of(head, size) {
        Some(Container::Png) => !png::has_end(part),
        Some(Container::Jpeg) => !jpeg::shows_end(part, size),
        Some(Container::Zip | Container::Ole) => true,
        _ => false,
    }
}

/// As [`check`], where only the first bytes of a file are known: a stream. Of office
/// documents, the label tells which they are.
///
/// # Errors
///
/// [`Rejected::UnsupportedFormat`].
pub fn check_head(head: &[u8], label: Label<'_>, wanted: MediaType) -> Result<Format, Rejected> {
    let format = claimed(head, u64::MAX, label, Some(wanted));
    accept(format, Some(wanted)).map(|(_, format)| format)
}

/// What a file of this format is sent as, which is `wanted` where that is given.
///
/// # Errors
///
/// [`Rejected::UnsupportedFormat`].
pub fn accept(
    format: Option<Format>,
    wanted: Option<MediaType>,
) -> Result<(MediaType, Format), Rejected> {
    let accepted = format.and_then(|format| Some((format.accepted_as()?, format)));
    accepted
        .filter(|(media_type, _)| wanted.is_none_or(|wanted| wanted == *media_type))
        .ok_or(Rejected::UnsupportedFormat(None))
}

/// The format by the first bytes and, where these leave a choice, by the label.
fn claimed(head: &[u8], size: u64, label: Label<'_>, wanted: Option<MediaType>) -> Option<Format> {
    match Container::of(head, size)? {
        Container::Png => Some(Format::Png),
        Container::Jpeg => Some(Format::Jpeg),
        Container::Pdf => Some(Format::Pdf),
        Container::Zip => label.claimed(&[Format::Docx, Format::Xlsx, Format::Pptx]),
        Container::Ole => label.claimed(&[Format::Doc, Format::Xls, Format::Ppt]),
        Container::IsoBmff => {
            let is_voice = wanted.map_or_else(|| label.claims_audio(), |it| it == MediaType::Voice);
            match BrandFamily::of_head(head)? {
                BrandFamily::General(_) if is_voice && label.claims(Format::ThreeGp) => {
                    Some(Format::ThreeGp)
                }
                family => Some(family.format(!is_voice, is_voice)),
            }
        }
        _ => None,
    }
}

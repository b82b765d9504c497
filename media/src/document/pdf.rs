//! PDF (ISO 32000-1): whether it is whole, and the properties that are found at
//! its two ends.

use crate::bytes::{contains, find};
use crate::formats::Format;
use crate::reader::Reader;
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// How many bytes at either end are searched for properties.
const WINDOW: usize = 2048;

/// How many bytes at the end are searched for the end of the document, and in
/// which steps. Readers search less, and rebuild the document where they find
/// nothing.
pub(crate) const LONGEST_TRAILER: u64 = 128 * 1024;
const STEP: u64 = 32 * 1024;

/// The entries of the information dictionary (14.3.3) and the header of an XMP
/// packet, with their categories.
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

/// Reads a PDF. Properties in the middle, or in a compressed stream, are not found.
#[derive(Debug, Default)]
pub(crate) struct PdfReader {
    head_read: bool,
    tail_read: bool,
    /// How many of the last bytes were searched for the end of the document.
    searched: u64,
}

impl Reader for PdfReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::Pdf;
        if !self.head_read {
            let head = file.get_up_to(0, WINDOW)?;
            properties(head, report);
            if linearized_length(head).is_some_and(|length| length > file.size()) {
                return Err(ParseError::Truncated);
            }
            self.head_read = true;
        }
        if !self.tail_read {
            let (_, tail) = file.tail(WINDOW)?;
            properties(tail, report);
            self.tail_read = true;
            if has_end(tail) || is_zeroed(tail) {
                return Ok(());
            }
        }
        self.find_end(file)
    }
}

impl PdfReader {
    /// Searches the last bytes for the end of the document, from behind.
    fn find_end(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        let longest = LONGEST_TRAILER.min(file.size());
        while self.searched < longest {
            let searched = self.searched.saturating_add(STEP).min(longest);
            let length = searched.saturating_sub(self.searched);
            // A keyword may lie across two steps.
            let length = length.saturating_add(16).min(searched);
            let from = file.size().saturating_sub(searched);
            if has_end(file.get(from, usize::try_from(length).unwrap_or_default())?) {
                return Ok(());
            }
            self.searched = searched;
        }
        Err(ParseError::Truncated)
    }
}

/// Whether a PDF of `size` bytes is whole, by its first bytes and its last
/// [`LONGEST_TRAILER`].
pub(crate) fn is_whole(head: &[u8], tail: &[u8], size: u64) -> bool {
    linearized_length(head).is_none_or(|length| length <= size)
        && (has_end(tail) || is_zeroed(tail))
}

/// Whether the last bytes are zeros: some programs pad a document with them.
fn is_zeroed(tail: &[u8]) -> bool {
    let window = tail.get(tail.len().saturating_sub(WINDOW)..);
    window.unwrap_or_default().iter().all(|byte| *byte == 0)
}

/// Whether a file trailer ends here (7.5.5). `%%EOF` alone may be missing, since
/// readers find the cross-reference table by `startxref`.
fn has_end(bytes: &[u8]) -> bool {
    contains(bytes, b"%%EOF") || contains(bytes, b"startxref")
}

/// The length of the file that a linearized document's first object says (F.3.3).
fn linearized_length(head: &[u8]) -> Option<u64> {
    let at = find(head, b"/Linearized")?;
    let dictionary = head.get(at..)?;
    let dictionary = dictionary.get(..find(dictionary, b">>")?)?;
    let value = dictionary.get(find(dictionary, b"/L ")?.checked_add(3)?..)?;
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit());
    digits.take(12).try_fold(0_u64, |number, digit| {
        number.checked_mul(10)?.checked_add(u64::from(digit & 15))
    })
}

fn properties(bytes: &[u8], report: &mut Inspection) {
    for (name, what) in PROPERTIES {
        if contains(bytes, name) {
            report.tells(what);
        }
    }
}

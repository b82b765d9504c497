//! What a PNG is: its chunks, as far as they may be read, and its end.

use super::chunk::{Chunk, FIRST};
use crate::bytes::contains;
use crate::formats::Format;
use crate::image::exif::ExifReader;
use crate::reader::Reader;
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// Most chunks that are read.
const MOST_CHUNKS: usize = 4096;

/// How many of the last bytes are searched for `IEND`.
const TAIL_BYTES: usize = 4096;

/// The length and name of an `IEND`, which has no data (PNG third edition, 11.2.4).
/// Its CRC follows, which decoders do not need.
const IEND: &[u8] = b"\0\0\0\0IEND";
const CRC_BYTES: usize = 4;

/// Reads a PNG.
#[derive(Debug, Default)]
pub(crate) struct PngReader {
    at: u64,
    chunks: usize,
    /// Whether the last bytes have an `IEND`, or are padding behind one.
    ends_well: Option<bool>,
    data_seen: bool,
    exif: Option<(ExifReader, u64)>,
    exif_seen: bool,
}

impl Reader for PngReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::Png;
        self.at = self.at.max(FIRST);
        if self.ends_well.is_none() {
            // First, as long as the budget allows it.
            let (_, tail) = file.tail(TAIL_BYTES)?;
            self.ends_well = Some(has_end(tail));
        }
        match self.chunks(file, report) {
            Err(ParseError::LimitExceeded) => {
                if self.ends_well == Some(true) {
                    Ok(())
                } else {
                    Err(ParseError::Truncated)
                }
            }
            outcome => outcome,
        }
    }
}

/// Whether the last bytes of a PNG, of which a few thousand are enough, have its
/// end or are padding behind it.
pub(crate) fn has_end(tail: &[u8]) -> bool {
    let last = tail.get(tail.len().saturating_sub(TAIL_BYTES)..);
    let before_crc = tail.get(..tail.len().saturating_sub(CRC_BYTES));
    contains(before_crc.unwrap_or_default(), IEND) || is_padding(last.unwrap_or_default())
}

/// Whether these are surely no image data, which are compressed.
fn is_padding(bytes: &[u8]) -> bool {
    let mut bytes = bytes.iter();
    bytes.all(|byte| byte.is_ascii_whitespace() || *byte == 0)
}

impl PngReader {
    fn chunks(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        while self.chunks < MOST_CHUNKS {
            if let Some((exif, end)) = &mut self.exif {
                let exif = exif.read(file)?;
                // Browsers read the first block, and only in front of the picture.
                if !std::mem::replace(&mut self.exif_seen, true) && !self.data_seen {
                    report.orientation = exif.orientation;
                }
                report.tells_all(&exif.private);
                self.at = *end;
                self.exif = None;
            }
            let chunk = Chunk::open(file, self.at)?;
            match &chunk.kind {
                b"IHDR" => header(file, &chunk, report)?,
                b"IDAT" => self.data_seen = true,
                b"tRNS" => report.alpha = true,
                b"acTL" => report.animated = true,
                b"eXIf" => self.exif = Some((chunk.exif(), chunk.to)),
                b"IEND" if !self.data_seen => {
                    return Err(ParseError::Malformed("a PNG without a picture"));
                }
                b"IEND" => {
                    if chunk.to < file.size() {
                        report.tells(Private::Trailing);
                    }
                    return Ok(());
                }
                _ if chunk.is_kept() => {}
                _ => report.tells_all(&chunk.categories(file)?),
            }
            if self.exif.is_none() {
                self.at = chunk.to;
            }
            self.chunks = self.chunks.saturating_add(1);
        }
        Err(ParseError::LimitExceeded)
    }
}

/// Reads the image header (11.2.1).
fn header(file: &SparseFile, chunk: &Chunk, report: &mut Inspection) -> Result<(), ParseError> {
    let [w0, w1, w2, w3, h0, h1, h2, h3, _depth, colour] = file.array(chunk.data)?;
    report.width = Some(u32::from_be_bytes([w0, w1, w2, w3]));
    report.height = Some(u32::from_be_bytes([h0, h1, h2, h3]));
    // Greyscale and truecolour, each with alpha.
    report.alpha |= matches!(colour, 4 | 6);
    Ok(())
}

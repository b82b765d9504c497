//! The chunks of a PNG (third edition, 5.3).

use crate::image::exif::ExifReader;
use crate::image::xmp;
use crate::report::Private;
use crate::sparse_file::{ParseError, SparseFile};

/// Where the first chunk begins: behind the signature (5.2).
pub(super) const FIRST: u64 = 8;

/// Bytes of a chunk beside its data: length, type, CRC (5.3).
pub(super) const AROUND: u64 = 12;

pub(super) struct Chunk {
    pub kind: [u8; 4],
    /// Where it begins.
    pub from: u64,
    /// Where its data begins.
    pub data: u64,
    /// Where it ends.
    pub to: u64,
}

impl Chunk {
    pub(super) fn open(file: &SparseFile, from: u64) -> Result<Self, ParseError> {
        let [a, b, c, d, kind @ ..] = file.array::<8>(from)?;
        let length = u32::from_be_bytes([a, b, c, d]);
        if length > i32::MAX.unsigned_abs() {
            return Err(ParseError::Malformed(
                "a PNG chunk longer than chunks may be",
            ));
        }
        let to = from.saturating_add(AROUND).saturating_add(length.into());
        if to > file.size() {
            return Err(ParseError::Truncated);
        }
        if from == FIRST && kind != *b"IHDR" {
            return Err(ParseError::Malformed(
                "a PNG that does not begin with its size",
            ));
        }
        Ok(Self {
            kind,
            from,
            data: from.saturating_add(8),
            to,
        })
    }

    /// Where its data ends.
    pub(super) const fn data_end(&self) -> u64 {
        self.to.saturating_sub(4)
    }

    /// Whether the picture would look different without it, or not be animated
    /// (11.2, 11.3.1 to 11.3.6).
    pub(super) const fn is_kept(&self) -> bool {
        matches!(
            &self.kind,
            b"IHDR"
                | b"PLTE"
                | b"IDAT"
                | b"IEND"
                | b"acTL"
                | b"fcTL"
                | b"fdAT"
                | b"tRNS"
                | b"gAMA"
                | b"cHRM"
                | b"sRGB"
                | b"iCCP"
                | b"cICP"
                | b"mDCV"
                | b"cLLI"
                | b"sBIT"
                | b"bKGD"
                | b"pHYs"
                | b"hIST"
                | b"sPLT"
        )
    }

    /// The reader of an `eXIf` (11.3.4.7).
    pub(super) fn exif(&self) -> ExifReader {
        /// No other format has a longer block.
        const LONGEST: u64 = 64 * 1024;
        let to = self.data_end().min(self.data.saturating_add(LONGEST));
        ExifReader::new(self.data, to)
    }

    /// The categories of metadata in a chunk that is neither kept nor an `eXIf`.
    pub(super) fn categories(&self, file: &SparseFile) -> Result<Vec<Private>, ParseError> {
        /// The keyword of XMP (XMP part 3, 1.1.5); no language follows it.
        const XMP: &[u8] = b"XML:com.adobe.xmp\0";
        Ok(match &self.kind {
            b"iTXt" => {
                let name = self.data.saturating_add(XMP.len() as u64);
                let is_xmp = name <= self.data_end() && file.get(self.data, XMP.len())? == XMP;
                if is_xmp {
                    xmp::categories(file, name, self.data_end())?
                } else {
                    vec![Private::Text]
                }
            }
            b"tEXt" | b"zTXt" => vec![Private::Text],
            b"tIME" => vec![Private::Time],
            _ => vec![Private::Other],
        })
    }
}

//! The chunks of a PNG.

use crate::exif::{self, Exif};
use crate::inspection::Private;
use crate::known::{Known, Stop};

/// Where the first chunk begins.
pub(super) const FIRST: u64 = 8;

/// How many bytes a chunk has beside its data: length, kind, CRC.
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
    pub(super) fn open(known: &Known, from: u64) -> Result<Self, Stop> {
        let [a, b, c, d, kind @ ..] = known.array::<8>(from)?;
        let length = u32::from_be_bytes([a, b, c, d]);
        if length > i32::MAX.unsigned_abs() {
            return Err(Stop::Malformed("a PNG chunk longer than chunks may be"));
        }
        let to = from.saturating_add(AROUND).saturating_add(length.into());
        if to > known.size() {
            return Err(Stop::Truncated);
        }
        if from == FIRST && kind != *b"IHDR" {
            return Err(Stop::Malformed("a PNG that does not begin with its size"));
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

    /// Whether the picture would look different without it, or not move.
    pub(super) const fn is_needed(&self) -> bool {
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

    /// What it says as an `eXIf`.
    pub(super) fn exif(&self, known: &Known) -> Result<Exif, Stop> {
        /// None of another format can be longer.
        const LONGEST: u64 = 64 * 1024;
        let to = self.data_end().min(self.data.saturating_add(LONGEST));
        exif::read(known, self.data, to)
    }

    /// What it tells as any other chunk that is not needed.
    pub(super) fn told(&self, known: &Known) -> Result<Vec<Private>, Stop> {
        /// The keyword of XMP, with the marks of plain text and no language.
        const XMP: &[u8] = b"XML:com.adobe.xmp\0";
        Ok(match &self.kind {
            b"iTXt" => {
                let name = self.data.saturating_add(XMP.len() as u64);
                let is_xmp = name <= self.data_end() && known.get(self.data, XMP.len())? == XMP;
                if is_xmp {
                    exif::told_by_xmp(known, name, self.data_end())?
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

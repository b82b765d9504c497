//! Brands in a box `ftyp` (ISO/IEC 14496-12, 4.3): what a file says it is.

use super::header::BoxHeader;
use crate::bytes::Cursor;
use crate::formats::{FORMATS, Format};
use crate::sparse_file::{ParseError, SparseFile};

/// What the brands name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BrandFamily {
    /// `QuickTime`, whose older files have no brands.
    #[default]
    QuickTime,
    /// A picture.
    Picture(Format),
    /// 3GP.
    ThreeGp,
    /// M4A.
    M4a,
    /// MP4 of any kind, for video and for sound alone. Its compatible brands may
    /// name a picture as well.
    General(Option<Format>),
    /// A raw picture of a Canon camera.
    Raw,
}

/// Longest list of brands that is read, in bytes.
const MOST_BYTES: usize = 512;

impl BrandFamily {
    /// The family that a box `ftyp` names.
    pub fn read(file: &SparseFile, ftyp: &BoxHeader) -> Result<Self, ParseError> {
        Ok(Self::of_brands(ftyp.start(file, MOST_BYTES)?))
    }

    /// The family that the first bytes of a file name: `None` if they are no `ftyp`.
    pub fn of_head(head: &[u8]) -> Option<Self> {
        let mut fields = Cursor::new(head);
        let length = fields.u32_be()?;
        if fields.array()? != *b"ftyp" {
            return None;
        }
        let brands = fields.rest();
        let most = usize::try_from(length)
            .ok()?
            .saturating_sub(8)
            .min(MOST_BYTES);
        Some(Self::of_brands(brands.get(..most).unwrap_or(brands)))
    }

    fn of_brands(bytes: &[u8]) -> Self {
        let (brands, _) = bytes.as_chunks::<4>();
        let Some((major, others)) = brands.split_first() else {
            return Self::General(None);
        };
        // Behind the major brand is its version, where the short form of AVIF has
        // a brand (ISO/IEC 23008-12, `mif3`).
        Self::of(*major, others)
    }

    fn of(major: [u8; 4], others: &[[u8; 4]]) -> Self {
        let picture = || others.iter().find_map(|brand| picture(*brand));
        match named(major) {
            Some(Format::Mov) => Self::QuickTime,
            Some(Format::ThreeGp) => Self::ThreeGp,
            Some(Format::M4a) => Self::M4a,
            Some(format) => Self::Picture(format),
            None => match &major {
                b"crx " => Self::Raw,
                [b'3', b'g', ..] => Self::ThreeGp,
                // The structural brands of pictures (ISO/IEC 23008-12, 10.2.2).
                b"mif1" | b"mif2" | b"mif3" | b"msf1" | b"miaf" | b"1pic" => {
                    Self::Picture(picture().unwrap_or(Format::Heic))
                }
                _ => Self::General(picture()),
            },
        }
    }

    /// The format of a file of this family: a general one without video, but with
    /// sound, is M4A.
    pub const fn format(self, video: bool, audio: bool) -> Format {
        match self {
            Self::QuickTime => Format::Mov,
            Self::Picture(format) => format,
            Self::ThreeGp => Format::ThreeGp,
            Self::M4a => Format::M4a,
            Self::General(_) if audio && !video => Format::M4a,
            Self::General(_) => Format::Mp4,
            Self::Raw => Format::Unknown,
        }
    }
}

/// The format that a brand names in the table.
fn named(brand: [u8; 4]) -> Option<Format> {
    let mut rows = FORMATS.iter();
    let row = rows.find(|row| row.brands.contains(&&brand))?;
    Some(row.format)
}

fn picture(brand: [u8; 4]) -> Option<Format> {
    named(brand).filter(|format| matches!(format, Format::Heic | Format::Avif))
}

/// A box `ftyp` for an MP4 or M4A, with `compatible` brands behind the major one.
pub fn ftyp(format: Format, compatible: usize) -> Vec<u8> {
    let major = if format == Format::M4a {
        b"M4A "
    } else {
        b"mp42"
    };
    // `iso5` allows fragments to count offsets from their own beginning.
    let others = [b"mp42", b"isom", b"iso5"].into_iter().cycle();
    let mut bytes = [[0; 4], *b"ftyp", *major, [0; 4]].concat();
    for brand in others.take(compatible) {
        bytes.extend_from_slice(brand);
    }
    // A list of brands is read up to a few hundred bytes.
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    if let Some(field) = bytes.first_chunk_mut() {
        *field = size.to_be_bytes();
    }
    bytes
}

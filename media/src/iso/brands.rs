//! Brands: what a file says it is.

use super::boxes::Head;
use crate::inspection::Kind;
use crate::known::{Known, Stop};

/// What the brands name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// `QuickTime`, which had no brands at first.
    #[default]
    QuickTime,
    /// A picture.
    Picture(Kind),
    /// 3GP.
    ThreeGp,
    /// M4A.
    M4a,
    /// MP4 of any sort, for films and for sound alone.
    General,
    /// A raw picture of a Canon camera.
    Raw,
}

/// Longest list of brands that is read.
const MOST_BYTES: usize = 512;

impl Family {
    /// The family that a box `ftyp` names.
    ///
    /// # Errors
    ///
    /// As [`Known::get`].
    pub fn read(known: &Known, ftyp: &Head) -> Result<Self, Stop> {
        let body = ftyp.start(known, MOST_BYTES)?;
        let (brands, _) = body.as_chunks::<4>();
        Ok(Self::of(
            brands.first().copied().unwrap_or_default(),
            brands.get(2..).unwrap_or_default(),
        ))
    }

    fn of(major: [u8; 4], compatible: &[[u8; 4]]) -> Self {
        match &major {
            b"qt  " => Self::QuickTime,
            b"avif" | b"avis" => Self::Picture(Kind::Avif),
            b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"hevm" | b"hevs" => {
                Self::Picture(Kind::Heic)
            }
            b"mif1" | b"mif2" | b"msf1" | b"miaf" => {
                let avif = compatible.iter().any(|one| one.starts_with(b"avi"));
                Self::Picture(if avif { Kind::Avif } else { Kind::Heic })
            }
            [b'3', b'g', ..] => Self::ThreeGp,
            b"M4A " | b"M4B " => Self::M4a,
            b"crx " => Self::Raw,
            _ => Self::General,
        }
    }

    /// The kind of a file of this family: a general one without a picture, but
    /// with sound, is M4A.
    pub const fn kind(self, video: bool, audio: bool) -> Kind {
        match self {
            Self::QuickTime => Kind::Mov,
            Self::Picture(kind) => kind,
            Self::ThreeGp => Kind::ThreeGp,
            Self::M4a => Kind::M4a,
            Self::General if audio && !video => Kind::M4a,
            Self::General => Kind::Mp4,
            Self::Raw => Kind::Unknown,
        }
    }
}

/// A box `ftyp` for an MP4 or M4A, with so many brands beside the major one.
pub fn ftyp(kind: Kind, compatible: usize) -> Vec<u8> {
    let major = if kind == Kind::M4a { b"M4A " } else { b"mp42" };
    // `iso5` is what fragments count from their own begin by.
    let others = [b"mp42", b"isom", b"iso5"].into_iter().cycle();
    let mut bytes = [[0; 4], *b"ftyp", *major, [0; 4]].concat();
    for brand in others.take(compatible) {
        bytes.extend_from_slice(brand);
    }
    // A list of brands is read up to a few hundred bytes.
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    if let Some(place) = bytes.first_chunk_mut() {
        *place = size.to_be_bytes();
    }
    bytes
}

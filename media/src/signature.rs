//! What a file's first bytes can tell.

/// A container, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// WAV.
    Wav,
    /// Ogg.
    Ogg,
    /// MPEG audio, with or without an ID3 tag.
    Mp3,
    /// `WebM` or Matroska.
    Ebml,
    /// ISO base media (MP4, M4A, 3GP, MOV, HEIC, AVIF), with its major brand.
    IsoMedia([u8; 4]),
    /// A `QuickTime` film from before there were brands.
    QuickTime,
    /// PDF.
    Pdf,
    /// A ZIP archive, as newer office documents are.
    Zip,
    /// A compound file, as older office documents are.
    Ole,
}

/// How many of a file's first bytes [`Signature::of`] wants to see.
pub const HEAD_BYTES: usize = 16;

impl Signature {
    /// The container that begins like this.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::WebP),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'A',
                b'V',
                b'E',
                ..,
            ] => Some(Self::Wav),
            [b'O', b'g', b'g', b'S', ..] => Some(Self::Ogg),
            [b'I', b'D', b'3', ..] => Some(Self::Mp3),
            [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(Self::Ebml),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Self::Ole),
            [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] => {
                Some(Self::IsoMedia([*a, *b, *c, *d]))
            }
            [_, _, _, _, b'm', b'o', b'o', b'v', ..] | [_, _, _, _, b'm', b'd', b'a', b't', ..] => {
                Some(Self::QuickTime)
            }
            // Layer III without a tag, its bit rate and sample rate being possible ones.
            [0xff, 0xfa | 0xfb | 0xf2 | 0xf3 | 0xe2 | 0xe3, rates, ..]
                if rates >> 4 != 0 && rates >> 4 != 15 && rates & 0x0c != 0x0c =>
            {
                Some(Self::Mp3)
            }
            _ => None,
        }
    }
}

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
        let begin = |sign: &[u8]| head.starts_with(sign);
        let known = BEGINNINGS.iter().find(|(sign, _)| begin(sign));
        if let Some((_, signature)) = known {
            return Some(*signature);
        }
        let inside =
            |from, sign: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(sign));
        if begin(b"RIFF") && inside(8, b"WEBP") {
            return Some(Self::WebP);
        }
        if begin(b"RIFF") && inside(8, b"WAVE") {
            return Some(Self::Wav);
        }
        match head {
            [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] => {
                Some(Self::IsoMedia([*a, *b, *c, *d]))
            }
            _ if inside(4, b"moov") || inside(4, b"mdat") => Some(Self::QuickTime),
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

/// The containers that are told by their very first bytes.
const BEGINNINGS: [(&[u8], Signature); 10] = [
    (b"\x89PNG\r\n\x1a\n", Signature::Png),
    (b"\xff\xd8\xff", Signature::Jpeg),
    (b"GIF87a", Signature::Gif),
    (b"GIF89a", Signature::Gif),
    (b"OggS", Signature::Ogg),
    (b"ID3", Signature::Mp3),
    (b"\x1a\x45\xdf\xa3", Signature::Ebml),
    (b"%PDF-", Signature::Pdf),
    (b"PK\x03\x04", Signature::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Signature::Ole),
];

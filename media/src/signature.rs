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
    /// The container that begins like this, if Divar takes files in it.
    #[must_use]
    pub fn of_accepted(head: &[u8]) -> Option<Self> {
        if let [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] = head {
            return Some(Self::IsoMedia([*a, *b, *c, *d]));
        }
        told(head, &ACCEPTED)
    }

    /// The container that begins like this.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        if let known @ Some(_) = Self::of_accepted(head).or_else(|| told(head, &OTHERS)) {
            return known;
        }
        let begin = |sign: &[u8]| head.starts_with(sign);
        let inside =
            |from, sign: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(sign));
        if begin(b"RIFF") && inside(8, b"WEBP") {
            return Some(Self::WebP);
        }
        if begin(b"RIFF") && inside(8, b"WAVE") {
            return Some(Self::Wav);
        }
        match head {
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

fn told(head: &[u8], beginnings: &[(&[u8], Signature)]) -> Option<Signature> {
    let mut told = beginnings.iter();
    let (_, signature) = told.find(|(sign, _)| head.starts_with(sign))?;
    Some(*signature)
}

/// The containers that Divar takes and that are told by their very first bytes.
const ACCEPTED: [(&[u8], Signature); 5] = [
    (b"\x89PNG\r\n\x1a\n", Signature::Png),
    (b"\xff\xd8\xff", Signature::Jpeg),
    (b"%PDF-", Signature::Pdf),
    (b"PK\x03\x04", Signature::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Signature::Ole),
];

/// The others that are told so.
const OTHERS: [(&[u8], Signature); 5] = [
    (b"GIF87a", Signature::Gif),
    (b"GIF89a", Signature::Gif),
    (b"OggS", Signature::Ogg),
    (b"ID3", Signature::Mp3),
    (b"\x1a\x45\xdf\xa3", Signature::Ebml),
];

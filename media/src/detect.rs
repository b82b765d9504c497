//! Which container a file is, by its first bytes.

use crate::bytes;
use crate::formats::{FORMATS, Format};

/// What decides which parser reads a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
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
    Matroska,
    /// ISO base media and `QuickTime`: MP4, M4A, 3GP, MOV, HEIC, AVIF.
    IsoBmff,
    /// PDF.
    Pdf,
    /// A ZIP archive, as Office Open XML documents are.
    Zip,
    /// An OLE compound file, as older office documents are.
    Ole,
}

/// How far behind a file's first byte readers look for a PDF's header
/// (ISO 32000-1, 7.5.2, with Adobe's implementation note 13).
pub const PDF_HEAD_BYTES: usize = 1024;

impl Container {
    /// Whether it holds movies or sound. HEIC and AVIF are made of the same boxes as movies.
    #[must_use]
    pub const fn is_movie(self) -> bool {
        matches!(
            self,
            Self::IsoBmff | Self::Matroska | Self::Ogg | Self::Mp3 | Self::Wav
        )
    }

    /// The container of a file of `size` bytes that begins with `head`: with
    /// `PDF_HEAD_BYTES` of it, or all that it has.
    #[must_use]
    pub fn of(head: &[u8], size: u64) -> Option<Self> {
        match by_signature(head) {
            Some(Format::Mov) => is_box(head, size).then_some(Self::IsoBmff),
            Some(format) => Self::of_format(format),
            None if is_mpeg_audio(head) => Some(Self::Mp3),
            None => {
                let head = head.get(..PDF_HEAD_BYTES).unwrap_or(head);
                bytes::contains(head, b"%PDF-").then_some(Self::Pdf)
            }
        }
    }

    const fn of_format(format: Format) -> Option<Self> {
        Some(match format {
            Format::Png => Self::Png,
            Format::Jpeg => Self::Jpeg,
            Format::Gif => Self::Gif,
            Format::WebP => Self::WebP,
            Format::Wav => Self::Wav,
            Format::Ogg => Self::Ogg,
            Format::Mp3 => Self::Mp3,
            Format::Matroska => Self::Matroska,
            Format::Mp4 => Self::IsoBmff,
            Format::Pdf => Self::Pdf,
            Format::Zip => Self::Zip,
            Format::Ole => Self::Ole,
            _ => return None,
        })
    }
}

/// Whether a file begins with a box of a possible size: the names of
/// `QuickTime`'s boxes are words that a text may have there.
fn is_box(head: &[u8], size: u64) -> bool {
    let length = head.get(..4).map(bytes::big_endian);
    length.is_some_and(|length| length <= 1 || (8..=size).contains(&length))
}

/// The format of a file with one of the table's signatures.
fn by_signature(head: &[u8]) -> Option<Format> {
    let row = FORMATS.iter().find(|row| {
        let mut signatures = row.signatures.iter();
        signatures.any(|signature| {
            let mut parts = signature.iter();
            parts.all(|(at, word)| head.get(*at..).is_some_and(|rest| rest.starts_with(word)))
        })
    });
    row.map(|row| row.format)
}

/// The format of a video or of sound that begins with `head` and has no parser: it
/// can only be converted.
pub(crate) fn unparsed_format(head: &[u8]) -> Option<Format> {
    match by_signature(head) {
        Some(format @ (Format::Flac | Format::Amr | Format::Avi)) => Some(format),
        Some(_) => None,
        None if is_adts(head) => Some(Format::Aac),
        None => is_transport_stream(head).then_some(Format::MpegTs),
    }
}

/// Whether a frame of AAC in ADTS begins the file, and another one follows as far
/// as can be seen (ISO/IEC 14496-3, 1.A.3.2).
fn is_adts(head: &[u8]) -> bool {
    /// Bytes of the header.
    const HEADER: usize = 7;
    let [_, _, third, fourth, fifth, sixth, ..] = *head else {
        return false;
    };
    // Three of the sixteen sample rates do not exist.
    if !is_sync(head) || third >> 2 & 0x0f > 12 {
        return false;
    }
    let length = [fourth & 3, fifth, sixth & 0xe0];
    let length = bytes::big_endian(&length) >> 5;
    let Ok(length) = usize::try_from(length) else {
        return false;
    };
    let next = head.get(length..).and_then(|rest| rest.get(..2));
    length >= HEADER && next.is_none_or(is_sync)
}

/// Whether a frame of ADTS begins here: the sync word, and a layer that is always 0.
const fn is_sync(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, second, ..] if *second & 0xf6 == 0xf0)
}

/// Whether a file begins with five packets of MPEG-2 TS (ISO/IEC 13818-1, 2.4.3.2),
/// which cameras store with a time of four bytes in front.
fn is_transport_stream(head: &[u8]) -> bool {
    const SYNC: u8 = 0x47;
    const PACKET: usize = 188;
    [(0, PACKET), (4, PACKET.saturating_add(4))]
        .into_iter()
        .any(|(first, distance)| {
            let mut packets = head.iter().skip(first).step_by(distance);
            (0..5).all(|_| packets.next() == Some(&SYNC))
        })
}

/// Whether a frame of MPEG audio, layer III, begins the file
/// (ISO/IEC 11172-3, 2.4.1.3): its bit rate and sample rate are possible ones.
const fn is_mpeg_audio(head: &[u8]) -> bool {
    match head {
        [0xff, 0xfa | 0xfb | 0xf2 | 0xf3 | 0xe2 | 0xe3, rates, ..] => {
            *rates >> 4 != 0 && *rates >> 4 != 15 && *rates & 0x0c != 0x0c
        }
        _ => false,
    }
}

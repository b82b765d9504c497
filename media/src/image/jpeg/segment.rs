//! The markers and segments of a JPEG (ITU-T T.81, B.1.1 and table B.1).

use crate::report::Private;
use crate::sparse_file::{ParseError, SparseFile};

pub(super) const EOI: u8 = 0xd9;

/// How many bytes are searched for the next marker at a time, where it should be near.
pub(super) const NEAR: u64 = 64;

/// What was seen on the way to the next marker.
pub(super) struct Seen {
    /// How many bytes lie before the marker, or before the next look.
    pub skipped: u64,
    /// Whether they are more than a few fill bytes.
    pub stray: bool,
    /// The marker's code.
    pub marker: Option<u8>,
}

/// Searches `within` bytes from `at` for the next marker, as decoders do: other
/// bytes are passed over, as are stuffed zeros, restart markers and fill bytes.
pub(super) fn next_marker(file: &SparseFile, at: u64, within: u64) -> Result<Seen, ParseError> {
    let left = file.size().saturating_sub(at).min(within);
    // A marker has two bytes: the last byte may be the first of one.
    let pairs = left.checked_sub(1).filter(|pairs| *pairs > 0);
    let pairs = pairs.ok_or(ParseError::Truncated)?;
    let bytes = file.get(at, usize::try_from(left).unwrap_or_default())?;
    let is_marker = |pair: &[u8]| matches!(pair, [0xff, code] if !is_entropy_coded(*code));
    let position = bytes.windows(2).position(is_marker);
    let Some(position) = position else {
        return Ok(Seen {
            skipped: pairs,
            stray: true,
            marker: None,
        });
    };
    Ok(Seen {
        skipped: position as u64,
        stray: bytes.iter().take(position).any(|byte| *byte != 0xff),
        marker: bytes.get(position.saturating_add(1)).copied(),
    })
}

/// Whether this byte behind FF belongs to entropy-coded data: a stuffed zero, a
/// restart marker, a fill byte (T.81, B.1.1.2, B.1.1.5, E.1.2).
pub(super) const fn is_entropy_coded(code: u8) -> bool {
    matches!(code, 0 | 0xd0..=0xd7 | 0xff)
}

/// A marker and its parameters.
pub(super) struct Segment {
    /// Where it begins, with the fill bytes before it.
    pub from: u64,
    /// Where its payload begins, behind the length.
    pub payload: u64,
    /// Where it ends.
    pub to: u64,
    code: u8,
}

/// What a segment is for.
pub(super) enum Role {
    /// A picture's size, and how it is coded.
    Frame,
    /// The begin of coded data.
    Scan,
    /// Something else without which the picture would not look the same.
    Needed,
    /// The JFIF header.
    Jfif {
        /// Whether it holds a thumbnail.
        thumbnail: bool,
    },
    /// An Exif block, which begins here.
    Exif(u64),
    /// An XMP packet, which begins here.
    Xmp(u64),
    /// Nothing that a decoder needs.
    Private(Private),
}

/// Bytes of the payload of a JFIF header without a thumbnail (JFIF 1.02, "JFIF syntax").
const JFIF: u64 = 14;

impl Segment {
    /// The segment whose marker is at `marker`, with fill bytes from `from` on.
    pub(super) fn open(
        file: &SparseFile,
        from: u64,
        marker: u64,
        code: u8,
    ) -> Result<Self, ParseError> {
        let has_length = matches!(code, 0xc0..=0xcf | 0xda..=0xfe);
        if !has_length {
            return Err(ParseError::Malformed(
                "a marker that does not belong in a JPEG",
            ));
        }
        let length_at = marker.saturating_add(2);
        let length = u16::from_be_bytes(file.array(length_at)?);
        let to = length_at.saturating_add(length.into());
        if length < 2 {
            return Err(ParseError::Malformed(
                "a JPEG segment shorter than its length",
            ));
        }
        if to > file.size() {
            return Err(ParseError::Truncated);
        }
        Ok(Self {
            from,
            payload: length_at.saturating_add(2),
            to,
            code,
        })
    }

    pub(super) fn length(&self) -> u64 {
        self.to.saturating_sub(self.payload)
    }

    pub(super) fn role(&self, file: &SparseFile) -> Result<Role, ParseError> {
        // Exif 2.32, 4.7.2; XMP part 3, 1.1.3; ICC.1, B.4; JFIF 1.02; CIPA DC-007.
        const EXIF: &[u8] = b"Exif\0\0";
        const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
        const XMP_MORE: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
        let head = self.length().min(XMP_MORE.len() as u64);
        let head = file.get(self.payload, usize::try_from(head).unwrap_or_default())?;
        let behind = |name: &[u8]| self.payload.saturating_add(name.len() as u64);
        Ok(match self.code {
            0xc4 | 0xc8 | 0xcc | 0xdb..=0xdf => Role::Needed,
            0xc0..=0xcf => Role::Frame,
            0xda => Role::Scan,
            0xe0 if head.starts_with(b"JFIF\0") && self.length() >= JFIF => Role::Jfif {
                thumbnail: self.length() > JFIF || head.get(12..14) != Some(&[0, 0]),
            },
            0xe0 if head.starts_with(b"JFXX\0") => Role::Private(Private::Thumbnail),
            0xe1 if head.starts_with(EXIF) => Role::Exif(behind(EXIF)),
            0xe1 if head.starts_with(XMP) => Role::Xmp(behind(XMP)),
            0xe1 if head.starts_with(XMP_MORE) => Role::Private(Private::Xmp),
            0xe2 if head.starts_with(b"ICC_PROFILE\0") => Role::Needed,
            // The index of further pictures: previews, depths, brightnesses.
            0xe2 if head.starts_with(b"MPF\0") => Role::Private(Private::Thumbnail),
            0xed if head.starts_with(b"Photoshop 3.0\0") => Role::Private(Private::Iptc),
            0xee if head.starts_with(b"Adobe") => Role::Needed,
            0xfe => Role::Private(Private::Text),
            _ => Role::Private(Private::Other),
        })
    }
}

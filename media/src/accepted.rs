//! The check of a file's first bytes as `src/` calls it. [`crate::UploadCheck`]
//! replaces it; this module goes with its last caller.

use crate::detect::{Container, HEAD_BYTES};
pub use crate::formats::{Format, MediaType};

/// A file's name and MIME type.
pub trait Label {
    /// Whether its name ends in one of these extensions (`"jpg|jpeg"`), in letters of either case.
    fn is_named(&self, extensions: &str) -> bool;
    /// Whether its MIME type is this one, or of this kind where that ends in a slash.
    fn is_typed(&self, mime: &str) -> bool;
}

/// A name and a MIME type.
impl Label for (&str, &str) {
    fn is_named(&self, extensions: &str) -> bool {
        let given = self.0.bytes().rposition(|byte| byte == b'.');
        let given = given.and_then(|dot| self.0.get(dot.checked_add(1)?..));
        given.is_some_and(|given| {
            let mut all = extensions.split('|');
            all.any(|extension| given.eq_ignore_ascii_case(extension))
        })
    }

    fn is_typed(&self, mime: &str) -> bool {
        self.1 == mime || mime.ends_with('/') && self.1.starts_with(mime)
    }
}

/// All extensions of media, where one format's content often has another's name.
const EXTENSIONS: &str =
    "png|jpg|jpeg|mp4|m4a|3gp|pdf|doc|docx|xls|xlsx|ppt|pptx|webp|gif|heic|heif|avif|jfif|mov|m4v";

impl MediaType {
    /// The type that takes a file, and the file's format. Where the bytes leave a
    /// choice between video and voice, a name or MIME type of audio decides.
    #[must_use]
    pub fn of(head: &[u8], label: &impl Label) -> Option<(Self, Format)> {
        let audio = label.is_typed("audio/") || label.is_named("m4a|3gp");
        let order = if audio {
            [Self::Voice, Self::Image, Self::Video, Self::File]
        } else {
            Self::ALL
        };
        order
            .into_iter()
            .find_map(|known| Some((known, Format::of(known, head, label)?)))
    }
}

impl Format {
    /// The format of a file, if `media_type` takes it.
    #[must_use]
    pub fn of(media_type: MediaType, head: &[u8], label: &impl Label) -> Option<Self> {
        let head = head.get(..HEAD_BYTES).unwrap_or(head);
        let format = match Container::of(head, u64::MAX)? {
            Container::Png => Self::Png,
            Container::Jpeg => Self::Jpeg,
            Container::Pdf => Self::Pdf,
            Container::IsoBmff => Self::of_brand(media_type, head, label)?,
            Container::Zip => Self::claimed(&[Self::Docx, Self::Xlsx, Self::Pptx], label)?,
            Container::Ole => Self::claimed(&[Self::Doc, Self::Xls, Self::Ppt], label)?,
            _ => return None,
        };
        (format.accepted_as() == Some(media_type)).then_some(format)
    }

    /// Recorders write general brands (`isom`, `mp42`) into audio too, so the
    /// asked type decides between those.
    fn of_brand(media_type: MediaType, head: &[u8], label: &impl Label) -> Option<Self> {
        match head.get(4..12)? {
            b"ftypqt  " | b"ftypheic" | b"ftypheix" | b"ftypmif1" | b"ftypmsf1" | b"ftypavif"
            | b"ftypavis" | b"ftypcrx " => None,
            [b'f', b't', b'y', b'p', b'3', b'g', ..] => Some(Self::ThreeGp),
            b"ftypM4A " | b"ftypM4B " => Some(Self::M4a),
            [b'f', b't', b'y', b'p', ..] if media_type != MediaType::Voice => Some(Self::Mp4),
            [b'f', b't', b'y', b'p', ..] => {
                Some(Self::claimed(&[Self::ThreeGp], label).unwrap_or(Self::M4a))
            }
            _ => None,
        }
    }

    fn claimed(choices: &[Self], label: &impl Label) -> Option<Self> {
        let by_name = || choices.iter().find(|it| label.is_named(it.extension()));
        let by_mime = || choices.iter().find(|format| label.is_typed(format.mime()));
        by_name().or_else(by_mime).copied()
    }

    /// `None` where a file's name has the right extension. Else whether it has
    /// another format's, which is to be replaced; where it has none, the right
    /// one is to be added.
    #[must_use]
    pub fn misnamed(self, label: &impl Label) -> Option<bool> {
        let own = if self == Self::Jpeg {
            "jpg|jpeg"
        } else {
            self.extension()
        };
        (!label.is_named(own)).then(|| label.is_named(EXTENSIONS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
    const ZIP: &[u8] = b"PK\x03\x04\x14\0\x06\0";
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

    fn ftyp(brand: &str) -> Vec<u8> {
        [b"\0\0\0\x20ftyp", brand.as_bytes()].concat()
    }

    #[test]
    fn the_bytes_decide_and_not_the_name() {
        let of = |media_type, head: &[u8], name| Format::of(media_type, head, &(name, ""));
        assert_eq!(of(MediaType::Image, JPEG, "a.png"), Some(Format::Jpeg));
        assert_eq!(of(MediaType::Image, PNG, "a"), Some(Format::Png));
        assert_eq!(of(MediaType::Video, JPEG, "a.mp4"), None);
        assert_eq!(of(MediaType::Image, b"MZ\x90\0", "a.jpg"), None);
        assert_eq!(of(MediaType::File, b"%PDF-1.7", ""), Some(Format::Pdf));
        assert_eq!(of(MediaType::Image, b"%PDF-1.7", "a.png"), None);
        assert_eq!(of(MediaType::Image, b"", "a.png"), None);
    }

    #[test]
    fn office_formats_are_told_by_name_or_mime() {
        let of = |head: &[u8], name, mime| Format::of(MediaType::File, head, &(name, mime));
        assert_eq!(of(ZIP, "گزارش.DOCX", ""), Some(Format::Docx));
        assert_eq!(of(ZIP, "x", Format::Xlsx.mime()), Some(Format::Xlsx));
        assert_eq!(of(OLE, "x.ppt", ""), Some(Format::Ppt));
        assert_eq!(of(OLE, "x.docx", ""), None);
        assert_eq!(of(ZIP, "x.zip", "application/zip"), None);
    }

    #[test]
    fn brands_that_name_another_format_are_refused() {
        let voice = |brand, name| Format::of(MediaType::Voice, &ftyp(brand), &(name, ""));
        let video = |brand| Format::of(MediaType::Video, &ftyp(brand), &("a.mp4", ""));
        assert_eq!(voice("M4A ", "a.m4a"), Some(Format::M4a));
        assert_eq!(voice("isom", "a.m4a"), Some(Format::M4a));
        assert_eq!(voice("isom", "a.3gp"), Some(Format::ThreeGp));
        assert_eq!(voice("3gp4", "a.m4a"), Some(Format::ThreeGp));
        assert_eq!(video("isom"), Some(Format::Mp4));
        assert_eq!(video("mp42"), Some(Format::Mp4));
        for brand in ["qt  ", "M4A ", "3gp5", "heic", "avif"] {
            assert_eq!(video(brand), None, "{brand}");
        }
    }

    #[test]
    fn the_type_is_what_the_content_is() {
        let of = |head: &[u8], name, mime| MediaType::of(head, &(name, mime)).map(|(of, _)| of);
        assert_eq!(of(JPEG, "a.m4a", "audio/mp4"), Some(MediaType::Image));
        assert_eq!(of(b"%PDF-1.7", "a.png", ""), Some(MediaType::File));
        assert_eq!(of(&ftyp("isom"), "a.mp4", ""), Some(MediaType::Video));
        assert_eq!(of(&ftyp("isom"), "a.M4A", ""), Some(MediaType::Voice));
        assert_eq!(
            of(&ftyp("mp42"), "blob", "audio/mp4"),
            Some(MediaType::Voice)
        );
        assert_eq!(of(&ftyp("3gp4"), "a", ""), Some(MediaType::Voice));
        assert_eq!(of(&ftyp("qt  "), "a.mp4", ""), None);
        assert_eq!(of(b"MZ", "a.jpg", "image/jpeg"), None);
    }
}

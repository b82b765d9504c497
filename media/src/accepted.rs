//! The four media types, the formats each takes, and how a format is told
//! from a file's first bytes.

use crate::signature::Signature;

/// What a file says of itself. Only where its bytes leave a choice does that count.
pub trait Label {
    /// Whether its name ends in one of these extensions (`"jpg|jpeg"`), in letters of either case.
    fn is_named(&self, extensions: &str) -> bool;
    /// Whether its MIME type is this one, or of this kind where that ends in a slash.
    fn is_typed(&self, mime: &str) -> bool;
}

/// A name and a MIME type.
impl Label for (&str, &str) {
    fn is_named(&self, extensions: &str) -> bool {
        let mut all = extensions.as_bytes().split(|byte| *byte == b'|');
        parted(self.0).is_some_and(|(_, given)| {
            all.any(|extension| given.as_bytes().eq_ignore_ascii_case(extension))
        })
    }

    fn is_typed(&self, mime: &str) -> bool {
        self.1 == mime || mime.ends_with('/') && self.1.starts_with(mime)
    }
}

/// What a file is sent as: the last part of the upload's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum MediaType {
    /// A picture.
    Image,
    /// A video.
    Video,
    /// A voice note.
    Voice,
    /// A document.
    File,
}

/// The published unit is the word "megabyte": 10^6 or 2^20 is unknown, and the
/// smaller is safe under both readings.
const MEGABYTE: u64 = 1_000_000;

impl MediaType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Image, Self::Video, Self::Voice, Self::File];

    /// The type with this name in Divar's paths.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// Its name in Divar's paths.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Voice => "voice",
            Self::File => "file",
        }
    }

    /// The largest file that is sure to be taken, in bytes.
    #[must_use]
    pub const fn max_bytes(self) -> u64 {
        match self {
            Self::Image | Self::File => 5 * MEGABYTE,
            Self::Voice => 3 * MEGABYTE / 2,
            Self::Video => 50 * MEGABYTE,
        }
    }

    /// The formats it takes, in words.
    #[must_use]
    pub const fn formats(self) -> &'static str {
        match self {
            Self::Image => "PNG or JPEG",
            Self::Video => "MP4",
            Self::Voice => "M4A or 3GP",
            Self::File => "PDF, DOC, DOCX, XLS, XLSX, PPT or PPTX",
        }
    }

    /// The type that takes a file, and what the file is. Where the bytes leave a
    /// choice between video and voice, a name or MIME type of audio decides.
    #[must_use]
    pub fn of(head: &[u8], label: &impl Label) -> Option<(Self, Format)> {
        let audio = label.is_typed("audio/")
            || Format::claimed(&[Format::M4a, Format::ThreeGp], label).is_some();
        let order = if audio {
            [Self::Voice, Self::Image, Self::Video, Self::File]
        } else {
            Self::ALL
        };
        order
            .into_iter()
            .find_map(|known| Some((known, Format::of(known, head, label)?)))
    }

    /// The type that takes a format.
    #[must_use]
    pub const fn home(format: Format) -> Self {
        match format {
            Format::Png | Format::Jpeg => Self::Image,
            Format::Mp4 => Self::Video,
            Format::M4a | Format::ThreeGp => Self::Voice,
            Format::Pdf
            | Format::Doc
            | Format::Docx
            | Format::Xls
            | Format::Xlsx
            | Format::Ppt
            | Format::Pptx => Self::File,
        }
    }

    const fn takes(self, format: Format) -> bool {
        self as u8 == Self::home(format) as u8
    }
}

/// A format that Divar takes.
#[expect(missing_docs, reason = "their names are the formats' own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Png,
    Jpeg,
    Mp4,
    M4a,
    ThreeGp,
    Pdf,
    Doc,
    Docx,
    Xls,
    Xlsx,
    Ppt,
    Pptx,
}

impl Format {
    /// What a file is, if `media_type` takes it: by its first bytes, and by its
    /// name or declared MIME type only where the bytes leave a choice (the
    /// office formats share two containers).
    #[must_use]
    pub fn of(media_type: MediaType, head: &[u8], label: &impl Label) -> Option<Self> {
        let format = match Signature::of_accepted(head)? {
            Signature::Png => Self::Png,
            Signature::Jpeg => Self::Jpeg,
            Signature::Pdf => Self::Pdf,
            Signature::IsoMedia(brand) => Self::of_brand(media_type, brand, label)?,
            Signature::Zip => Self::claimed(&[Self::Docx, Self::Xlsx, Self::Pptx], label)?,
            Signature::Ole => Self::claimed(&[Self::Doc, Self::Xls, Self::Ppt], label)?,
            _ => return None,
        };
        media_type.takes(format).then_some(format)
    }

    /// MP4, M4A and 3GP are one container. Recorders write general brands
    /// (`isom`, `mp42`) into audio too, so the asked type decides between
    /// those, and only brands that name another format are refused.
    fn of_brand(media_type: MediaType, brand: [u8; 4], label: &impl Label) -> Option<Self> {
        match &brand {
            b"qt  " | b"heic" | b"heix" | b"mif1" | b"msf1" | b"avif" | b"avis" | b"crx " => None,
            [b'3', b'g', ..] => Some(Self::ThreeGp),
            b"M4A " | b"M4B " => Some(Self::M4a),
            _ if media_type != MediaType::Voice => Some(Self::Mp4),
            _ => Some(Self::claimed(&[Self::ThreeGp], label).unwrap_or(Self::M4a)),
        }
    }

    fn claimed(choices: &[Self], label: &impl Label) -> Option<Self> {
        let by_name = || choices.iter().find(|it| label.is_named(it.extensions()));
        let by_mime = || choices.iter().find(|format| label.is_typed(format.mime()));
        by_name().or_else(by_mime).copied()
    }

    /// Its MIME type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Mp4 => "video/mp4",
            Self::M4a => "audio/mp4",
            Self::ThreeGp => "audio/3gpp",
            Self::Pdf => "application/pdf",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ppt => "application/vnd.ms-powerpoint",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
        }
    }

    /// The extension that is written.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Mp4 => "mp4",
            Self::M4a => "m4a",
            Self::ThreeGp => "3gp",
            Self::Pdf => "pdf",
            Self::Doc => "doc",
            Self::Docx => "docx",
            Self::Xls => "xls",
            Self::Xlsx => "xlsx",
            Self::Ppt => "ppt",
            Self::Pptx => "pptx",
        }
    }

    /// The extensions that Divar's table lists for it.
    const fn extensions(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg|jpeg",
            other => other.extension(),
        }
    }

    /// Nothing where a file's name has the right extension. Else whether it has another format's,
    /// which is to be replaced; where it has none, the right one is to be added.
    #[must_use]
    pub fn misnamed(self, label: &impl Label) -> Option<bool> {
        let is_right = label.is_named(self.extensions());
        (!is_right).then(|| label.is_named(EXTENSIONS))
    }

    /// The name to send the file under. A file without a name is called by its type.
    #[must_use]
    pub fn file_name(self, media_type: MediaType, name: &str) -> String {
        let Some(is_wrong) = self.misnamed(&(name, "")) else {
            return name.to_owned();
        };
        let stem = match parted(name) {
            Some((stem, _)) if is_wrong => stem,
            _ => name,
        };
        let stem = if stem.is_empty() {
            media_type.name()
        } else {
            stem
        };
        [stem, ".", self.extension()].concat()
    }
}

/// The extensions of all formats, and those of media that become something else before they are sent,
/// or that often are something else.
const EXTENSIONS: &str =
    "png|jpg|jpeg|mp4|m4a|3gp|pdf|doc|docx|xls|xlsx|ppt|pptx|webp|gif|heic|heif|avif|jfif|mov|m4v";

/// A name without its extension, and the extension. By bytes: the search for a
/// letter weighs a kilobyte.
fn parted(name: &str) -> Option<(&str, &str)> {
    let dot = name.bytes().rposition(|byte| byte == b'.')?;
    Some((name.get(..dot)?, name.get(dot..)?.strip_prefix('.')?))
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
    fn every_name_finds_its_type_and_no_other_does() {
        for media_type in MediaType::ALL {
            assert_eq!(MediaType::from_name(media_type.name()), Some(media_type));
        }
        assert_eq!(MediaType::from_name("Image"), None);
        assert_eq!(MediaType::from_name(""), None);
    }

    #[test]
    fn every_format_has_its_extension_in_the_list_of_all() {
        let formats = [
            Format::Png,
            Format::Jpeg,
            Format::Mp4,
            Format::M4a,
            Format::ThreeGp,
            Format::Pdf,
            Format::Doc,
            Format::Docx,
            Format::Xls,
            Format::Xlsx,
            Format::Ppt,
            Format::Pptx,
        ];
        for format in formats {
            assert!(format.extensions().starts_with(format.extension()));
            for extension in format.extensions().split('|') {
                assert!(EXTENSIONS.split('|').any(|known| known == extension));
            }
        }
    }

    #[test]
    fn limits_are_decimal_megabytes() {
        assert_eq!(MediaType::Image.max_bytes(), 5_000_000);
        assert_eq!(MediaType::File.max_bytes(), 5_000_000);
        assert_eq!(MediaType::Voice.max_bytes(), 1_500_000);
        assert_eq!(MediaType::Video.max_bytes(), 50_000_000);
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

    #[test]
    fn the_sent_name_has_the_extension_of_the_content() {
        let name = |format: Format, name| format.file_name(MediaType::Image, name);
        assert_eq!(name(Format::Jpeg, "a.JPEG"), "a.JPEG");
        assert_eq!(name(Format::Jpeg, "a.png"), "a.jpg");
        assert_eq!(name(Format::Jpeg, "IMG_1.HEIC"), "IMG_1.jpg");
        assert_eq!(name(Format::Jpeg, "خانه"), "خانه.jpg");
        assert_eq!(name(Format::Jpeg, "v1.2"), "v1.2.jpg");
        assert_eq!(name(Format::Png, ""), "image.png");
        assert_eq!(name(Format::Png, ".jpg"), "image.png");
    }
}

//! The one table of formats, and the media types of Divar's chat.
//!
//! A new format needs a row in [`FORMATS`] and a parser in `inspect.rs`, or a line in
//! `detect.rs` if it can only be converted. All else
//! (extensions, MIME types, what a media type takes) is read from the table.

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

/// Divar's documentation says "megabyte". 10^6 is below the limit under either
/// reading of the word.
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

    /// The largest file that Divar takes, in bytes (Divar's table of media types).
    #[must_use]
    pub const fn max_bytes(self) -> u64 {
        match self {
            Self::Image | Self::File => 5 * MEGABYTE,
            Self::Voice => 3 * MEGABYTE / 2,
            Self::Video => 50 * MEGABYTE,
        }
    }

    /// The formats it takes, in words; a test compares them with [`FORMATS`].
    #[must_use]
    pub const fn formats(self) -> &'static str {
        match self {
            Self::Image => "PNG or JPEG",
            Self::Video => "MP4",
            Self::Voice => "M4A or 3GP",
            Self::File => "PDF, DOC, DOCX, XLS, XLSX, PPT or PPTX",
        }
    }
}

/// A format of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names are the formats' own")]
pub enum Format {
    Png,
    Jpeg,
    WebP,
    Gif,
    Heic,
    Avif,
    Mp4,
    M4a,
    Mov,
    ThreeGp,
    WebM,
    Matroska,
    Ogg,
    Mp3,
    Wav,
    Flac,
    /// AAC in ADTS.
    Aac,
    Amr,
    Avi,
    MpegTs,
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Doc,
    Xls,
    Ppt,
    /// A ZIP archive that is no office document.
    Zip,
    /// An OLE compound file that is no office document.
    Ole,
    /// None of these.
    #[default]
    Unknown,
}

/// Bytes at fixed offsets of a file, all of which it must have.
pub type Signature = &'static [(usize, &'static [u8])];

/// All that is known of a format.
#[derive(Debug)]
pub struct FormatInfo {
    /// The format.
    pub format: Format,
    /// Its name in the package's answers.
    pub name: &'static str,
    /// Extensions of its files, the one that is written first.
    pub extensions: &'static [&'static str],
    /// Its MIME types, the one that is sent first.
    pub mime_types: &'static [&'static str],
    /// Signatures of its files, any of which is enough.
    pub signatures: &'static [Signature],
    /// Brands in a box `ftyp` (ISO/IEC 14496-12, 4.3) that name it.
    pub brands: &'static [&'static [u8; 4]],
    /// What such a file is meant as.
    pub media_type: Option<MediaType>,
    /// Whether Divar takes it under that type, up to its limit.
    pub accepted: bool,
}

const NONE: FormatInfo = FormatInfo {
    format: Format::Unknown,
    name: "unknown",
    extensions: &[],
    mime_types: &[],
    signatures: &[],
    brands: &[],
    media_type: None,
    accepted: false,
};

/// All formats that are recognised.
pub const FORMATS: &[FormatInfo] = &[
    FormatInfo {
        format: Format::Png,
        name: "png",
        extensions: &["png"],
        mime_types: &["image/png"],
        // PNG (third edition), 5.2.
        signatures: &[&[(0, b"\x89PNG\r\n\x1a\n")]],
        media_type: Some(MediaType::Image),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Jpeg,
        name: "jpeg",
        extensions: &["jpg", "jpeg", "jfif"],
        mime_types: &["image/jpeg"],
        // ITU-T T.81, B.1.1.3: SOI, then the first byte of another marker.
        signatures: &[&[(0, b"\xff\xd8\xff")]],
        media_type: Some(MediaType::Image),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::WebP,
        name: "webp",
        extensions: &["webp"],
        mime_types: &["image/webp"],
        // RFC 9649, 2.4.
        signatures: &[&[(0, b"RIFF"), (8, b"WEBP")]],
        media_type: Some(MediaType::Image),
        ..NONE
    },
    FormatInfo {
        format: Format::Gif,
        name: "gif",
        extensions: &["gif"],
        mime_types: &["image/gif"],
        // GIF89a, 17.
        signatures: &[&[(0, b"GIF87a")], &[(0, b"GIF89a")]],
        media_type: Some(MediaType::Image),
        ..NONE
    },
    FormatInfo {
        format: Format::Heic,
        name: "heic",
        extensions: &["heic", "heif"],
        mime_types: &["image/heic", "image/heif"],
        // ISO/IEC 23008-12, B.4.1 and 10.2.
        brands: &[
            b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs",
        ],
        media_type: Some(MediaType::Image),
        ..NONE
    },
    FormatInfo {
        format: Format::Avif,
        name: "avif",
        extensions: &["avif"],
        mime_types: &["image/avif"],
        // AV1 Image File Format 1.1, 6.
        brands: &[b"avif", b"avis"],
        media_type: Some(MediaType::Image),
        ..NONE
    },
    FormatInfo {
        format: Format::Mp4,
        name: "mp4",
        extensions: &["mp4", "m4v"],
        mime_types: &["video/mp4"],
        // ISO/IEC 14496-12, 4.3. Which of the formats made of boxes it is, the
        // brands and the tracks tell.
        signatures: &[&[(4, b"ftyp")]],
        media_type: Some(MediaType::Video),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::M4a,
        name: "m4a",
        extensions: &["m4a"],
        mime_types: &["audio/mp4", "audio/x-m4a"],
        brands: &[b"M4A ", b"M4B "],
        media_type: Some(MediaType::Voice),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Mov,
        name: "mov",
        extensions: &["mov"],
        mime_types: &["video/quicktime"],
        // QuickTime File Format, "Movie Atoms": older files have no `ftyp`.
        signatures: &[
            &[(4, b"moov")],
            &[(4, b"mdat")],
            &[(4, b"wide")],
            &[(4, b"free")],
            &[(4, b"skip")],
            &[(4, b"pnot")],
        ],
        brands: &[b"qt  "],
        media_type: Some(MediaType::Video),
        ..NONE
    },
    FormatInfo {
        format: Format::ThreeGp,
        name: "3gp",
        extensions: &["3gp"],
        mime_types: &["audio/3gpp", "video/3gpp"],
        // 3GPP TS 26.244, 5.3. The versions of them all begin so.
        brands: &[
            b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3gp8", b"3gp9", b"3ge6", b"3ge7", b"3gg6",
        ],
        media_type: Some(MediaType::Voice),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::WebM,
        name: "webm",
        extensions: &["webm"],
        mime_types: &["video/webm", "audio/webm"],
        media_type: Some(MediaType::Video),
        ..NONE
    },
    FormatInfo {
        format: Format::Matroska,
        name: "matroska",
        extensions: &["mkv"],
        mime_types: &["video/x-matroska", "audio/x-matroska"],
        // RFC 8794, 11.2.1. The document type tells it from WebM.
        signatures: &[&[(0, b"\x1a\x45\xdf\xa3")]],
        media_type: Some(MediaType::Video),
        ..NONE
    },
    FormatInfo {
        format: Format::Ogg,
        name: "ogg",
        extensions: &["ogg", "oga", "opus"],
        mime_types: &["audio/ogg", "video/ogg"],
        // RFC 3533, 6.
        signatures: &[&[(0, b"OggS")]],
        media_type: Some(MediaType::Voice),
        ..NONE
    },
    FormatInfo {
        format: Format::Mp3,
        name: "mp3",
        extensions: &["mp3"],
        mime_types: &["audio/mpeg"],
        // ID3 tag version 2.4.0, 3.1. Without a tag, the first frame tells.
        signatures: &[&[(0, b"ID3")]],
        media_type: Some(MediaType::Voice),
        ..NONE
    },
    FormatInfo {
        format: Format::Wav,
        name: "wav",
        extensions: &["wav"],
        mime_types: &["audio/wav", "audio/x-wav"],
        // Multimedia Programming Interface and Data Specifications 1.0, "WAVE".
        signatures: &[&[(0, b"RIFF"), (8, b"WAVE")]],
        media_type: Some(MediaType::Voice),
        ..NONE
    },
    FormatInfo {
        format: Format::Flac,
        name: "flac",
        extensions: &["flac"],
        mime_types: &["audio/flac", "audio/x-flac"],
        // RFC 9639, 6.
        signatures: &[&[(0, b"fLaC")]],
        media_type: Some(MediaType::Voice),
        ..NONE
    },
    FormatInfo {
        format: Format::Aac,
        name: "aac",
        extensions: &["aac"],
        // The first frame tells.
        mime_types: &["audio/aac"],
        media_type: Some(MediaType::Voice),
        ..NONE
    },
    FormatInfo {
        format: Format::Amr,
        name: "amr",
        extensions: &["amr", "awb"],
        mime_types: &["audio/amr", "audio/amr-wb"],
        // RFC 4867, 5.1 and 5.2: narrow and wide band.
        signatures: &[&[(0, b"#!AMR\n")], &[(0, b"#!AMR-WB\n")]],
        media_type: Some(MediaType::Voice),
        ..NONE
    },
    FormatInfo {
        format: Format::Avi,
        name: "avi",
        extensions: &["avi"],
        mime_types: &["video/x-msvideo"],
        // OpenDML AVI File Format Extensions 1.02, 3.0.
        signatures: &[&[(0, b"RIFF"), (8, b"AVI ")]],
        media_type: Some(MediaType::Video),
        ..NONE
    },
    FormatInfo {
        format: Format::MpegTs,
        name: "mpegts",
        extensions: &["ts", "mts", "m2ts"],
        // The first packets tell.
        mime_types: &["video/mp2t"],
        media_type: Some(MediaType::Video),
        ..NONE
    },
    FormatInfo {
        format: Format::Pdf,
        name: "pdf",
        extensions: &["pdf"],
        mime_types: &["application/pdf"],
        // ISO 32000-1, 7.5.2. Readers also take a header further behind.
        signatures: &[&[(0, b"%PDF-")]],
        media_type: Some(MediaType::File),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Docx,
        name: "docx",
        extensions: &["docx"],
        mime_types: &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
        media_type: Some(MediaType::File),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Xlsx,
        name: "xlsx",
        extensions: &["xlsx"],
        mime_types: &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
        media_type: Some(MediaType::File),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Pptx,
        name: "pptx",
        extensions: &["pptx"],
        mime_types: &["application/vnd.openxmlformats-officedocument.presentationml.presentation"],
        media_type: Some(MediaType::File),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Doc,
        name: "doc",
        extensions: &["doc"],
        mime_types: &["application/msword"],
        media_type: Some(MediaType::File),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Xls,
        name: "xls",
        extensions: &["xls"],
        mime_types: &["application/vnd.ms-excel"],
        media_type: Some(MediaType::File),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Ppt,
        name: "ppt",
        extensions: &["ppt"],
        mime_types: &["application/vnd.ms-powerpoint"],
        media_type: Some(MediaType::File),
        accepted: true,
        ..NONE
    },
    FormatInfo {
        format: Format::Zip,
        name: "zip",
        extensions: &["zip"],
        mime_types: &["application/zip"],
        // APPNOTE, 4.3.7. Office Open XML documents are archives as well.
        signatures: &[&[(0, b"PK\x03\x04")]],
        ..NONE
    },
    FormatInfo {
        format: Format::Ole,
        name: "ole",
        extensions: &[],
        mime_types: &[],
        // MS-CFB, 2.2. Older office documents are compound files as well.
        signatures: &[&[(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]],
        ..NONE
    },
];

impl Format {
    /// Its row in the table.
    #[must_use]
    pub fn info(self) -> &'static FormatInfo {
        FORMATS
            .iter()
            .find(|row| row.format == self)
            .unwrap_or(&NONE)
    }

    /// The format that is sent with this MIME type.
    #[must_use]
    pub fn from_mime(mime: &str) -> Option<Self> {
        let row = FORMATS
            .iter()
            .find(|row| row.mime_types.first() == Some(&mime))?;
        Some(row.format)
    }

    /// Its name in the package's answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// The MIME type that it is sent with.
    #[must_use]
    pub fn mime(self) -> &'static str {
        self.info()
            .mime_types
            .first()
            .copied()
            .unwrap_or("application/octet-stream")
    }

    /// The extension that is written.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.info().extensions.first().copied().unwrap_or("bin")
    }

    /// The media type that takes it as it is.
    #[must_use]
    pub fn accepted_as(self) -> Option<MediaType> {
        let row = self.info();
        row.media_type.filter(|_| row.accepted)
    }

    /// The name to send a file of this format under: `name` with the extension
    /// of the format. A file without a name is called after `media_type`.
    #[must_use]
    pub fn file_name(self, media_type: MediaType, name: &str) -> String {
        let name = trimmed(name);
        let (stem, extension) = split_extension(name);
        let own = |known: &&str| extension.is_some_and(|it| it.eq_ignore_ascii_case(known));
        if self.written_extensions().iter().any(own) && !stem.is_empty() {
            return name.to_owned();
        }
        let foreign = FORMATS
            .iter()
            .flat_map(|row| row.extensions)
            .chain(OFFICE_EXTENSIONS);
        let stem = if foreign.into_iter().any(own) {
            stem
        } else {
            name
        };
        let stem = if stem.is_empty() {
            media_type.name()
        } else {
            stem
        };
        [stem, ".", self.extension()].concat()
    }

    /// The extensions under which Divar takes it (Divar's table of media types).
    fn written_extensions(self) -> &'static [&'static str] {
        let all = self.info().extensions;
        let count = if self == Self::Jpeg { 2 } else { 1 };
        all.get(..count).unwrap_or(all)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Format {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Extensions of office documents that often carry another one's content.
const OFFICE_EXTENSIONS: &[&str] = &["docm", "xlsm", "pptm", "rtf"];

/// A name without blanks at its end and without marks of writing direction
/// there, which some file systems and messengers add.
fn trimmed(name: &str) -> &str {
    const MARKS: [char; 9] = [
        '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{2066}', '\u{2067}',
        '\u{2068}', '\u{2069}',
    ];
    let is_empty = |letter: char| letter.is_whitespace() || MARKS.contains(&letter);
    name.trim_end_matches(is_empty)
}

/// A name without its extension, and the extension.
fn split_extension(name: &str) -> (&str, Option<&str>) {
    // By bytes: the search for a character takes a kilobyte of wasm.
    let dot = name.bytes().rposition(|byte| byte == b'.');
    let parts = dot.and_then(|dot| Some((name.get(..dot)?, name.get(dot.checked_add(1)?..)?)));
    match parts {
        Some((stem, extension)) => (stem, Some(extension)),
        None => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_its_media_type() {
        for media_type in MediaType::ALL {
            assert_eq!(MediaType::from_name(media_type.name()), Some(media_type));
        }
        assert_eq!(MediaType::from_name("Image"), None);
        assert_eq!(MediaType::from_name(""), None);
    }

    #[test]
    fn limits_are_decimal_megabytes() {
        assert_eq!(MediaType::Image.max_bytes(), 5_000_000);
        assert_eq!(MediaType::File.max_bytes(), 5_000_000);
        assert_eq!(MediaType::Voice.max_bytes(), 1_500_000);
        assert_eq!(MediaType::Video.max_bytes(), 50_000_000);
    }

    #[test]
    fn words_name_the_formats_of_the_table() {
        for media_type in MediaType::ALL {
            let words = media_type.formats().replace(" or ", ", ");
            let mut named: Vec<_> = words.split(", ").map(str::to_lowercase).collect();
            let accepted = FORMATS
                .iter()
                .filter(|row| row.format.accepted_as() == Some(media_type));
            let mut listed: Vec<_> = accepted.map(|row| row.name.to_owned()).collect();
            named.sort();
            listed.sort();
            assert_eq!(named, listed);
        }
    }

    #[test]
    fn no_two_rows_claim_the_same_name_extension_or_brand() {
        let distinct = |mut all: Vec<&[u8]>| {
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count);
        };
        distinct(FORMATS.iter().map(|row| row.name.as_bytes()).collect());
        let extensions = FORMATS.iter().flat_map(|row| row.extensions);
        distinct(extensions.map(|it| it.as_bytes()).collect());
        let brands = FORMATS.iter().flat_map(|row| row.brands);
        distinct(brands.map(|it| &it[..]).collect());
    }

    #[test]
    fn sent_name_gets_the_extension_of_the_content() {
        let name = |format: Format, name| format.file_name(MediaType::Image, name);
        assert_eq!(name(Format::Jpeg, "a.JPEG"), "a.JPEG");
        assert_eq!(name(Format::Jpeg, "a.png"), "a.jpg");
        assert_eq!(name(Format::Jpeg, "a.jfif"), "a.jpg");
        assert_eq!(name(Format::Jpeg, "IMG_1.HEIC"), "IMG_1.jpg");
        assert_eq!(name(Format::Jpeg, "خانه"), "خانه.jpg");
        assert_eq!(name(Format::Jpeg, "v1.2"), "v1.2.jpg");
        assert_eq!(name(Format::Png, ""), "image.png");
        assert_eq!(name(Format::Png, ".jpg"), "image.png");
    }

    #[test]
    fn blanks_and_direction_marks_behind_a_name_are_dropped() {
        let name = |name| Format::Docx.file_name(MediaType::File, name);
        assert_eq!(name("نامه.docx\u{200f}"), "نامه.docx");
        assert_eq!(name("a.docx \u{200e}"), "a.docx");
        assert_eq!(name("a.xlsx "), "a.docx");
        assert_eq!(name(" "), "file.docx");
    }
}

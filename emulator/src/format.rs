//! What a file is: by its name, by its declared type, and by its content.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use file_format::FileFormat;
use zip::ZipArchive;

use crate::media::MediaType;

/// A format that Divar takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.png`
    Png,
    /// `.jpg`, `.jpeg`
    Jpeg,
    /// `.pdf`
    Pdf,
    /// `.doc`
    Doc,
    /// `.docx`
    Docx,
    /// `.xls`
    Xls,
    /// `.xlsx`
    Xlsx,
    /// `.ppt`
    Ppt,
    /// `.pptx`
    Pptx,
    /// `.m4a`
    M4a,
    /// `.3gp`
    ThreeGp,
    /// `.mp4`
    Mp4,
}

/// Every format with its extensions and media types; the first of each is the usual one.
const TABLE: [(Format, &[&str], &[&str]); 12] = [
    (Format::Png, &["png"], &["image/png"]),
    (Format::Jpeg, &["jpg", "jpeg"], &["image/jpeg", "image/jpg"]),
    (Format::Pdf, &["pdf"], &["application/pdf"]),
    (Format::Doc, &["doc"], &["application/msword"]),
    (
        Format::Docx,
        &["docx"],
        &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ),
    (Format::Xls, &["xls"], &["application/vnd.ms-excel"]),
    (
        Format::Xlsx,
        &["xlsx"],
        &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ),
    (Format::Ppt, &["ppt"], &["application/vnd.ms-powerpoint"]),
    (
        Format::Pptx,
        &["pptx"],
        &["application/vnd.openxmlformats-officedocument.presentationml.presentation"],
    ),
    (
        Format::M4a,
        &["m4a"],
        &["audio/mp4", "audio/x-m4a", "audio/m4a"],
    ),
    (Format::ThreeGp, &["3gp"], &["audio/3gpp", "video/3gpp"]),
    (Format::Mp4, &["mp4"], &["video/mp4"]),
];

impl Format {
    /// The format that a file name's extension promises.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        TABLE
            .iter()
            .find(|(_, extensions, _)| extensions.contains(&extension.as_str()))
            .map(|(format, ..)| *format)
    }

    /// The format that a `Content-Type` promises, its parameters aside.
    pub fn of_content_type(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next()?.trim().to_ascii_lowercase();
        TABLE
            .iter()
            .find(|(_, _, types)| types.contains(&essence.as_str()))
            .map(|(format, ..)| *format)
    }

    /// The extension, without its dot.
    pub fn extension(self) -> &'static str {
        self.row().1.first().copied().unwrap_or_default()
    }

    /// The `Content-Type` under which the file is served.
    pub fn content_type(self) -> &'static str {
        self.row().2.first().copied().unwrap_or_default()
    }

    fn row(self) -> &'static (Self, &'static [&'static str], &'static [&'static str]) {
        &TABLE[self as usize]
    }
}

/// What a file's content may be, and what to call it in a refusal.
#[derive(Debug)]
pub struct Content {
    formats: Vec<Format>,
    name: String,
}

impl Content {
    /// Looks into the file at `path`.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let found = FileFormat::from_file(path)?;
        let formats = match found {
            FileFormat::PortableNetworkGraphics => vec![Format::Png],
            FileFormat::JointPhotographicExpertsGroup => vec![Format::Jpeg],
            FileFormat::PortableDocumentFormat => vec![Format::Pdf],
            FileFormat::CompoundFileBinary => compound(path),
            FileFormat::Zip => zipped(path)?,
            _ => iso_media(path)?,
        };
        Ok(Self {
            formats,
            name: found.name().to_owned(),
        })
    }

    /// Checks that the content is what `named` promises and what `kind` takes; without a promise
    /// the content speaks for itself.
    ///
    /// # Errors
    ///
    /// A sentence for people.
    pub fn agree(&self, kind: MediaType, named: Option<Format>) -> Result<Format, String> {
        let fits = |format: &Format| named.is_none_or(|named| named == *format);
        let mut suited = self
            .formats
            .iter()
            .filter(|format| kind.formats().contains(format));
        suited
            .find(|format| fits(format))
            .copied()
            .ok_or_else(|| match named {
                Some(named) => format!(
                    "the content is not {}, as the name or the content type says: it looks like {}",
                    named.extension().to_ascii_uppercase(),
                    self.name
                ),
                None => format!(
                    "the content is not one of {}: it looks like {}",
                    kind.formats_in_words(),
                    self.name
                ),
            })
    }
}

/// The formats behind the brand of an ISO base media file; none for any other file.
///
/// What a browser's recorder writes as audio carries the same generic brands as video does, so a
/// generic brand may be either.
fn iso_media(path: &Path) -> io::Result<Vec<Format>> {
    let mut head = Vec::with_capacity(12);
    File::open(path)?.take(12).read_to_end(&mut head)?;
    let Some((b"ftyp", brand)) = head.get(4..).and_then(|rest| rest.split_first_chunk()) else {
        return Ok(Vec::new());
    };
    Ok(match brand {
        b"M4A " | b"M4B " => vec![Format::M4a],
        b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"dash" => {
            vec![Format::Mp4, Format::M4a]
        }
        b"avc1" | b"iso7" | b"iso8" | b"iso9" | b"mp71" | b"M4V " | b"M4VH" | b"M4VP" | b"MSNV"
        | b"mmp4" | b"XAVC" => vec![Format::Mp4],
        [b'3', b'g', b'e' | b'g' | b'p' | b'r' | b's', _] => vec![Format::ThreeGp],
        _ => Vec::new(),
    })
}

/// The office format behind the streams of a compound file (OLE).
fn compound(path: &Path) -> Vec<Format> {
    // A damaged compound file holds no document: it is refused like any other wrong content.
    let Ok(file) = cfb::open(path) else {
        return Vec::new();
    };
    let streams = [
        ("/WordDocument", Format::Doc),
        ("/Workbook", Format::Xls),
        ("/Book", Format::Xls),
        ("/PowerPoint Document", Format::Ppt),
    ];
    streams
        .into_iter()
        .filter(|(stream, _)| file.is_stream(stream))
        .map(|(_, format)| format)
        .collect()
}

/// The office format behind the entries of a ZIP file (Office Open XML).
fn zipped(path: &Path) -> io::Result<Vec<Format>> {
    let Ok(archive) = ZipArchive::new(File::open(path)?) else {
        return Ok(Vec::new());
    };
    let names: Vec<&str> = archive.file_names().collect();
    if !names.contains(&"[Content_Types].xml") {
        return Ok(Vec::new());
    }
    let folders = [
        ("word/", Format::Docx),
        ("xl/", Format::Xlsx),
        ("ppt/", Format::Pptx),
    ];
    Ok(folders
        .into_iter()
        .filter(|(folder, _)| names.iter().any(|name| name.starts_with(folder)))
        .map(|(_, format)| format)
        .collect())
}

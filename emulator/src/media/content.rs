//! File formats by content.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use file_format::FileFormat;
use zip::ZipArchive;

use crate::media::{format::Format, media_type::MediaType};

/// The formats that a file's content may be, and its name for an error.
#[derive(Debug)]
pub struct Content {
    formats: Vec<Format>,
    name: String,
}

impl Content {
    /// Detects the content of the file at `path`.
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

    /// The format of the content, which must be one that `media_type` takes, and the `declared`
    /// one where there is one.
    ///
    /// # Errors
    ///
    /// A sentence that says what the content looks like.
    pub fn resolve(
        &self,
        media_type: MediaType,
        declared: Option<Format>,
    ) -> Result<Format, String> {
        let fits = |format: &Format| declared.is_none_or(|declared| declared == *format);
        let mut accepted = self
            .formats
            .iter()
            .filter(|format| media_type.formats().contains(format));
        accepted
            .find(|format| fits(format))
            .copied()
            .ok_or_else(|| match declared {
                Some(declared) => format!(
                    "the content is not {}, as the name or the content type says: it looks like {}",
                    declared.extension().to_ascii_uppercase(),
                    self.name
                ),
                None => format!(
                    "the content is not one of {}: it looks like {}",
                    media_type.formats_in_words(),
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

/// Width and height of the picture at `path`; `None` where its header does not have them.
pub fn dimensions(path: &Path) -> Option<(usize, usize)> {
    imagesize::size(path)
        .ok()
        .map(|size| (size.width, size.height))
}

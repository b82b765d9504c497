//! Media types and files: what Divar takes, and what has been uploaded.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{format::Format, space::Settings};

/// The four media types of `POST /upload/{media_type}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaType {
    /// PNG, JPEG.
    Image,
    /// MP4.
    Video,
    /// M4A, 3GP.
    Voice,
    /// PDF and office documents.
    File,
}

impl MediaType {
    /// The type by its name in the route.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "image" => Some(Self::Image),
            "video" => Some(Self::Video),
            "voice" => Some(Self::Voice),
            "file" => Some(Self::File),
            _ => None,
        }
    }

    /// The formats that Divar publishes for the type.
    pub fn formats(self) -> &'static [Format] {
        match self {
            Self::Image => &[Format::Png, Format::Jpeg],
            Self::Video => &[Format::Mp4],
            Self::Voice => &[Format::M4a, Format::ThreeGp],
            Self::File => &[
                Format::Pdf,
                Format::Doc,
                Format::Docx,
                Format::Xls,
                Format::Xlsx,
                Format::Ppt,
                Format::Pptx,
            ],
        }
    }

    /// The formats in words, for a refusal.
    pub fn formats_in_words(self) -> &'static str {
        match self {
            Self::Image => "PNG, JPEG, JPG",
            Self::Video => "MP4",
            Self::Voice => "M4A, 3GP",
            Self::File => "PDF, DOC, DOCX, XLS, XLSX, PPT, PPTX",
        }
    }

    /// The largest file of the type, in bytes: 5, 50, 1.5 and 5 megabytes.
    pub fn largest(self, settings: &Settings) -> u64 {
        let halves = match self {
            Self::Image | Self::File => 10,
            Self::Video => 100,
            Self::Voice => 3,
        };
        settings.megabyte / 2 * halves
    }
}

/// An uploaded file.
#[derive(Debug)]
pub struct Media {
    /// The media token that stands for it.
    pub token: String,
    /// The type it was uploaded as.
    pub kind: MediaType,
    /// What it is.
    pub format: Format,
    /// Its name; a binary upload has none.
    pub name: Option<String>,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// Width and height in pixels, for a picture that says so.
    pub pixels: Option<(usize, usize)>,
    /// Where it lies.
    pub path: PathBuf,
}

impl Media {
    /// The file's address for a client that reached the emulator at `base`
    /// (scheme, host, and the space's prefix).
    pub fn link(&self, base: &str) -> String {
        format!("{base}/__emulator/files/{}", self.token)
    }

    /// The name to show for it.
    pub fn shown_name(&self) -> String {
        self.name
            .clone()
            .unwrap_or_else(|| format!("{}.{}", self.token, self.format.extension()))
    }
}

/// Width and height of the picture at `path`; `None` where it does not say.
pub fn pixels(path: &Path) -> Option<(usize, usize)> {
    imagesize::size(path)
        .ok()
        .map(|size| (size.width, size.height))
}

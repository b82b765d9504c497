//! File formats by name and by declared type.

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
    pub fn from_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        TABLE
            .iter()
            .find(|(_, extensions, _)| extensions.contains(&extension.as_str()))
            .map(|(format, ..)| *format)
    }

    /// The format that a `Content-Type` promises, its parameters aside.
    pub fn from_content_type(content_type: &str) -> Option<Self> {
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

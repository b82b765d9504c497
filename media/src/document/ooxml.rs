//! Office Open XML (ECMA-376): which document an archive is.
//!
//! The content type of the main part decides (part 2, 10.1.2.2). Where the list
//! of content types cannot be read, the names of the parts do.

use crate::bytes::contains;
use crate::formats::Format;
use crate::report::Private;

/// The part that lists the content types.
pub(super) const CONTENT_TYPES: &str = "[content_types].xml";

/// The content types of main parts that Divar takes (part 1, 11.3.10, 12.3.23
/// and 13.3.6).
const ACCEPTED: [(&[u8], Format); 3] = [
    (b"wordprocessingml.document.main+xml", Format::Docx),
    (b"spreadsheetml.sheet.main+xml", Format::Xlsx),
    (b"presentationml.presentation.main+xml", Format::Pptx),
];

/// Other main parts of the same programs, which open them only under another
/// name: with macros, templates, slide shows, binary sheets.
const OTHERS: [&[u8]; 5] = [
    b"macroenabled.main",
    b"macroenabledtemplate.main",
    b"template.main+xml",
    b"slideshow.main+xml",
    b"template.macroenabledtemplate",
];

/// What the names and the list of content types of an archive say.
#[derive(Debug, Default)]
pub(crate) struct Package {
    has_content_types: bool,
    by_name: Option<Format>,
    has_macros: bool,
    by_content_type: Option<Document>,
    pub(super) private: Vec<Private>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Document {
    Accepted(Format),
    /// Of the same programs, and none that Divar takes.
    Other,
}

impl Package {
    /// Notes a part by its name. Names are equal without regard to case (part 2,
    /// 9.1.1.1); some programs separate folders by `\`.
    pub(super) fn note_name(&mut self, name: &[u8]) {
        let name: Vec<u8> = name
            .iter()
            .map(|byte| {
                if *byte == b'\\' {
                    b'/'
                } else {
                    byte.to_ascii_lowercase()
                }
            })
            .collect();
        let begins = |folder: &[u8]| name.starts_with(folder);
        if name == CONTENT_TYPES.as_bytes() {
            self.has_content_types = true;
        } else if name == b"docprops/app.xml" {
            self.tells(Private::Device);
        } else if begins(b"docprops/thumbnail.") {
            self.tells(Private::Thumbnail);
        } else if begins(b"docprops/") {
            self.tells(Private::Text);
        }
        self.has_macros |= name.ends_with(b"/vbaproject.bin") || name == b"xl/workbook.bin";
        let folders: [(&[u8], Format); 3] = [
            (b"word/", Format::Docx),
            (b"xl/", Format::Xlsx),
            (b"ppt/", Format::Pptx),
        ];
        let folder = folders.into_iter().find(|(folder, _)| begins(folder));
        self.by_name = self.by_name.or(folder.map(|(_, format)| format));
    }

    fn tells(&mut self, what: Private) {
        if !self.private.contains(&what) {
            self.private.push(what);
        }
    }

    /// Notes the list of content types, or the beginning of a long one.
    pub(super) fn note_content_types(&mut self, xml: &[u8]) {
        let xml = xml.to_ascii_lowercase();
        let accepted = ACCEPTED.iter().find(|(name, _)| contains(&xml, name));
        self.by_content_type = match accepted {
            Some((_, format)) => Some(Document::Accepted(*format)),
            None if OTHERS.iter().any(|name| contains(&xml, name)) => Some(Document::Other),
            None => None,
        };
    }

    /// The document that the archive is, and why Divar does not take it.
    pub(crate) fn format(&self) -> (Format, Option<&'static str>) {
        const OTHER: &str = "it is an office document with macros, a template, a slide show or a \
                             binary workbook";
        match (self.by_content_type, self.by_name) {
            (Some(Document::Accepted(format)), _) => (format, None),
            (Some(Document::Other), _) => (Format::Zip, Some(OTHER)),
            (None, Some(_)) if self.has_content_types && self.has_macros => {
                (Format::Zip, Some(OTHER))
            }
            (None, Some(format)) if self.has_content_types => (format, None),
            (None, _) => (Format::Zip, None),
        }
    }
}

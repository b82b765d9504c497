//! ZIP archives, and the office documents that are kept in them.

use crate::Sample;

/// An archive of these files, none of them packed, with a comment.
///
/// # Panics
///
/// When a name, a file or the comment is longer than an archive may have it.
#[must_use]
pub fn archive(files: &[(&str, &[u8])], comment: &[u8]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let place = u32::try_from(archive.len()).expect("short files");
        let about = about(name, content);
        archive.extend([b"PK\x03\x04\x14\0", &about[..], name.as_bytes(), content].concat());
        // No comment, no attributes; where the file begins.
        directory.extend([b"PK\x01\x02\x14\0\x14\0", &about[..], &[0; 10]].concat());
        directory.extend([&place.to_le_bytes()[..], name.as_bytes()].concat());
    }
    let count = u16::try_from(files.len()).expect("few files").to_le_bytes();
    let end = [
        b"PK\x05\x06\0\0\0\0",
        &count[..],
        &count,
        &length(&directory),
        &length(&archive),
        &u16::try_from(comment.len()).expect("short").to_le_bytes(),
        comment,
    ]
    .concat();
    [archive, directory, end].concat()
}

/// What is both in front of a file and in the directory: flags, method, time, checksum, sizes
/// and lengths.
fn about(name: &str, content: &[u8]) -> Vec<u8> {
    let name = u16::try_from(name.len()).expect("a short name");
    [
        &[0; 4],
        &b"\0\0\x21\0"[..],
        &checksum(content).to_le_bytes(),
        &length(content),
        &length(content),
        &name.to_le_bytes(),
        &[0; 2],
    ]
    .concat()
}

fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).expect("short").to_le_bytes()
}

/// CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

/// The names of an office document's files, whose main part is this.
#[must_use]
pub fn office(main: &str) -> Vec<u8> {
    let files: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("docProps/core.xml", b"<cp:coreProperties/>"),
        ("docProps/app.xml", b"<Properties/>"),
        (main, b"<x/>"),
    ];
    archive(&files, b"")
}

/// The content types of main parts (ECMA-376 part 1) and others of the same programs.
pub const DOCUMENT: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// A text with macros.
pub const DOCUMENT_WITH_MACROS: &str = "application/vnd.ms-word.document.macroEnabled.main+xml";
/// A template of a text.
pub const DOCUMENT_TEMPLATE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";
/// A workbook.
pub const WORKBOOK: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
/// A binary workbook.
pub const BINARY_WORKBOOK: &str = "application/vnd.ms-excel.sheet.binary.macroEnabled.main";
/// A slide show.
pub const SLIDE_SHOW: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml";

/// A list of content types in which the main part has this one.
#[must_use]
pub fn content_types(part: &str, content_type: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Types><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/{part}\" ContentType=\"{content_type}\"/></Types>"
    )
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![
        ("plain.zip", archive(&[("a.txt", b"text")], b"A comment")),
        (
            "empty-file.zip",
            archive(&[("word/document.xml", b"")], b""),
        ),
        ("letter.docx", office("word/document.xml")),
        ("table.xlsx", office("xl/workbook.xml")),
        ("talk.pptx", office("ppt/presentation.xml")),
    ]
}

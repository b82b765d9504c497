use divar_media::Format::{Docx, Pptx, Xlsx, Zip};
use divar_media::MediaType;
use divar_media::Private::{Device, Text, Thumbnail};
use divar_media_samples::zip::{
    BINARY_WORKBOOK, DOCUMENT, DOCUMENT_TEMPLATE, DOCUMENT_WITH_MACROS, SLIDE_SHOW, WORKBOOK,
    archive, content_types, office,
};

use super::found;

#[test]
fn folders_decide_without_content_types() {
    for (main, kind) in [
        ("word/document.xml", Docx),
        ("xl/workbook.xml", Xlsx),
        ("ppt/presentation.xml", Pptx),
    ] {
        let found = found(&office(main));
        assert_eq!(found.format, kind);
        assert_eq!(found.media_type, Some(MediaType::File));
        assert_eq!(found.private, [Device, Text]);
        assert!(!found.truncated);
    }
}

#[test]
fn folder_alone_is_no_document() {
    let found = found(&archive(&[("word/document.xml", b"")], b""));
    assert_eq!((found.format, found.media_type), (Zip, None));
}

#[test]
fn finds_the_directory_behind_the_longest_comment() {
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"");
    let files = [types, ("docProps/thumbnail.jpeg", b""), ("xl/a.xml", b"")];
    let found = found(&archive(&files, &vec![b' '; 65_535]));
    assert_eq!(found.format, Xlsx);
    assert_eq!(found.private, [Thumbnail]);
    assert!(!found.truncated);
}

#[test]
fn reports_a_document_without_its_directory_as_truncated() {
    let file = office("ppt/presentation.xml");
    let found = found(&file[..file.len() - 1]);
    assert!(found.truncated);
    assert_eq!(found.format, Pptx);
}

#[test]
fn reports_a_misplaced_directory() {
    let mut file = office("xl/workbook.xml");
    let place = file.len() - 6;
    file[place] += 1;
    assert!(found(&file).malformed.is_some());
}

#[test]
fn reads_zip64_archives_by_local_headers() {
    let mut file = office("xl/workbook.xml");
    let place = file.len() - 6;
    file[place..place + 4].fill(0xff);
    let found = found(&file);
    assert_eq!(found.format, Xlsx);
    assert!(!found.truncated && found.malformed.is_none());
}

#[test]
fn reads_the_beginning_of_a_long_directory() {
    let mut files: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", b""), ("xl/a.xml", b"")];
    let name = "n".repeat(1000);
    files.resize(300, (&name, b""));
    let found = found(&archive(&files, b""));
    assert_eq!(found.format, Xlsx);
    assert_eq!(found.malformed, None);
}

/// A document with a list of content types, of which the main part has this one.
fn package(part: &str, content_type: &str) -> Vec<u8> {
    let types = content_types(part, content_type);
    let files = [("[Content_Types].xml", types.as_bytes()), (part, b"<x/>")];
    archive(&files, b"")
}

#[test]
fn content_type_of_the_main_part_decides() {
    for (part, content_type, format) in [
        ("word/document.xml", DOCUMENT, Docx),
        ("xl/workbook.xml", WORKBOOK, Xlsx),
        // Its folder is another program's.
        ("xl/document.xml", DOCUMENT, Docx),
    ] {
        assert_eq!(found(&package(part, content_type)).format, format);
    }
}

#[test]
fn rejects_macros_templates_slide_shows_and_binary_workbooks() {
    for (part, content_type) in [
        ("word/document.xml", DOCUMENT_WITH_MACROS),
        ("word/document.xml", DOCUMENT_TEMPLATE),
        ("xl/workbook.bin", BINARY_WORKBOOK),
        ("ppt/presentation.xml", SLIDE_SHOW),
    ] {
        let found = found(&package(part, content_type));
        assert_eq!((found.format, found.media_type), (Zip, None));
        assert!(found.unsupported.is_some(), "{content_type}");
    }
}

#[test]
fn rejects_macros_where_the_content_types_cannot_be_read() {
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"");
    for name in ["word/vbaProject.bin", "xl/workbook.bin"] {
        let files = [types, ("word/document.xml", b"<x/>"), (name, b"")];
        assert!(found(&archive(&files, b"")).unsupported.is_some());
    }
}

#[test]
fn names_with_backslashes_and_in_other_case_are_the_same() {
    for names in [
        ["[Content_Types].xml", "word\\document.xml"],
        ["[content_types].XML", "Word/Document.xml"],
    ] {
        let found = found(&archive(&names.map(|name| (name, &b""[..])), b""));
        assert_eq!(found.format, Docx);
    }
}

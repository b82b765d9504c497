use divar_media::Format::{Doc, Ole, Ppt, Xls};
use divar_media::Private::Text;
use divar_media::accepted::MediaType;
use divar_media_samples::ole::{document, embedding, turning};

use super::found;

#[test]
fn documents_are_told_by_the_streams_of_their_root() {
    for (stream, kind) in [
        ("WordDocument", Doc),
        ("Workbook", Xls),
        ("Book", Xls),
        ("PowerPoint Document", Ppt),
    ] {
        let found = found(&document(stream));
        assert_eq!(found.format, kind);
        assert_eq!(found.media_type, Some(MediaType::File));
        assert_eq!(found.private, [Text]);
        assert!(!found.truncated && found.malformed.is_none());
    }
    let other = found(&document("WordDocument2"));
    assert_eq!((other.format, other.media_type), (Ole, None));
}

#[test]
fn what_is_embedded_does_not_make_the_document() {
    assert_eq!(found(&embedding()).format, Doc);
}

#[test]
fn sectors_that_follow_themselves_come_to_an_end() {
    assert_eq!(found(&turning()).format, Ole);
}

#[test]
fn a_file_shorter_than_its_sectors_was_cut() {
    let mut file = document("Workbook");
    // The table's third mark: one more sector is in use.
    file[520..524].fill(0xfe);
    let found = found(&file);
    assert!(found.truncated);
    assert_eq!(found.format, Xls);
    let cut = super::found(&document("Workbook")[..1100]);
    assert!(cut.truncated);
}

#[test]
fn sectors_of_no_known_size_are_told_of() {
    let mut file = document("Workbook");
    file[30] = 63;
    assert!(found(&file).malformed.is_some());
}

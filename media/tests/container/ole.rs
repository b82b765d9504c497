use divar_media::Format::{Doc, Ole, Ppt, Xls};
use divar_media::MediaType;
use divar_media::Private::Text;
use divar_media_samples::ole::{document, embedding, encrypted, small_directory, turning};

use super::found;

#[test]
fn root_streams_decide_the_format() {
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
fn ignores_streams_of_embedded_documents() {
    assert_eq!(found(&embedding()).format, Doc);
}

#[test]
fn cyclic_sector_chains_end() {
    assert_eq!(found(&turning()).format, Ole);
}

#[test]
fn rejects_a_compound_file_without_its_last_sectors() {
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
fn reports_an_unknown_sector_size() {
    let mut file = document("Workbook");
    file[30] = 63;
    assert!(found(&file).malformed.is_some());
}

#[test]
fn recognises_a_workbook_whose_directory_has_few_entries() {
    let found = found(&small_directory());
    assert_eq!((found.format, found.truncated), (Xls, false));
    assert_eq!(found.media_type, Some(MediaType::File));
}

#[test]
fn unused_table_entries_are_no_cut() {
    let mut file = document("Workbook");
    // All entries behind the two sectors in use are marked as ends of chains.
    for entry in file[520..1024].chunks_exact_mut(4) {
        entry.copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    }
    let found = found(&file);
    assert_eq!((found.format, found.truncated), (Xls, false));
}

#[test]
fn rejects_a_document_that_is_protected_by_a_password() {
    let found = found(&encrypted());
    assert_eq!(found.unsupported, Some("it is protected by a password"));
    assert_eq!(found.media_type, None);
}

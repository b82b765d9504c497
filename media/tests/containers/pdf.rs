use divar_media::Kind::Pdf;
use divar_media::Private::{Device, Text, Time, Xmp};
use divar_media::accepted::MediaType;
use divar_media_samples::pdf::{empty, signed};

use super::found;

#[test]
fn a_document_is_a_file() {
    let found = found(&empty());
    assert_eq!(found.format, Pdf);
    assert_eq!(found.media_type, Some(MediaType::File));
    assert!(!found.truncated && found.private.is_empty());
}

#[test]
fn a_document_without_its_end_was_cut() {
    let file = empty();
    assert!(found(&file[..file.len() - 7]).truncated);
    let padded = [file, vec![b'\n'; 1000]].concat();
    assert!(!found(&padded).truncated);
}

#[test]
fn properties_at_either_end_are_told_of() {
    assert_eq!(found(&signed()).private, [Time, Device, Text]);
    let packet = b"%PDF-1.4\n<?xpacket begin=''?>".to_vec();
    let file = [packet, vec![b' '; 10_000], signed()].concat();
    assert_eq!(found(&file).private, [Time, Device, Xmp, Text]);
}

use divar_media::Format::Pdf;
use divar_media::MediaType;
use divar_media::Private::{Device, Text, Time, Xmp};
use divar_media_samples::pdf::{empty, signed};

use super::found;

#[test]
fn media_type_of_a_pdf_is_file() {
    let found = found(&empty());
    assert_eq!(found.format, Pdf);
    assert_eq!(found.media_type, Some(MediaType::File));
    assert!(!found.truncated && found.private.is_empty());
}

#[test]
fn rejects_pdf_cut_in_front_of_startxref() {
    let file = empty();
    let end = file
        .windows(9)
        .position(|word| word == b"startxref")
        .expect("a trailer");
    for length in [end + 8, end, end / 2] {
        assert!(found(&file[..length]).truncated, "{length}");
    }
    let long = [&file[..end], &vec![b' '; 300_000]].concat();
    assert!(found(&long).truncated);
}

#[test]
fn accepts_pdf_with_missing_or_distant_end_mark() {
    let file = empty();
    let without = file.len() - 6;
    assert!(!found(&file[..without]).truncated);
    let page = b"<html><script></script></html>\n".repeat(160);
    for behind in [vec![0; 6000], vec![0; 500_000], page, vec![b'\n'; 1000]] {
        assert!(!found(&[file.clone(), behind].concat()).truncated);
    }
}

#[test]
fn finds_header_within_the_first_1024_bytes() {
    for before in [
        &b"\xef\xbb\xbf"[..],
        b"\n",
        b"\x1b%-12345X@PJL\n",
        &[b' '; 1019],
    ] {
        let found = found(&[before, &empty()].concat());
        assert_eq!((found.format, found.truncated), (Pdf, false));
    }
    assert_ne!(found(&[&[b' '; 1024][..], &empty()].concat()).format, Pdf);
}

#[test]
fn rejects_linearized_pdf_that_is_shorter_than_it_says() {
    let with = |length: usize| {
        let first = format!("%PDF-1.5\n1 0 obj\n<</Linearized 1/L {length:06}/O 3>>\nendobj\n");
        [first.as_bytes(), b"startxref\n0\n%%EOF\n", &[b' '; 900]].concat()
    };
    let size = with(1000).len();
    assert!(!found(&with(size)).truncated);
    assert!(found(&with(size + 100)).truncated);
}

#[test]
fn reports_properties_at_both_ends() {
    assert_eq!(found(&signed()).private, [Time, Device, Text]);
    let packet = b"%PDF-1.4\n<?xpacket begin=''?>".to_vec();
    let file = [packet, vec![b' '; 10_000], signed()].concat();
    assert_eq!(found(&file).private, [Time, Device, Xmp, Text]);
}

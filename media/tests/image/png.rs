use divar_media::{Change, Format, ParseError, Private, Rewrite};
use divar_media_samples::exif::{Exif, SECRET};
use divar_media_samples::png::{
    SIGNATURE, all, animated, chunk, data, dot, dot_with, end, exif, header, text, time, xmp,
};

use crate::{apply, inspected, leaves, read_to_strip, strip_png};

const TURNED: Exif = Exif {
    big_endian: true,
    orientation: Some(6),
    device: false,
    time: false,
    location: false,
    thumbnail: false,
};

const TOLD: Exif = Exif {
    device: true,
    time: true,
    location: true,
    ..TURNED
};

fn stripped(file: &[u8]) -> Vec<u8> {
    apply(&strip_png(file).expect("a whole PNG"), file)
}

#[test]
fn reads_size_alpha_and_animation() {
    let found = inspected(&dot());
    assert_eq!(found.format, Format::Png);
    assert_eq!((found.width, found.height), (Some(1), Some(1)));
    assert!(!found.alpha && !found.animated && !found.truncated);
    assert_eq!(found.private, []);
    assert!(inspected(&animated()).animated);
    assert!(inspected(&dot_with(&[chunk(b"tRNS", &[0, 0])], &[], &[])).alpha);
    let grey_with_alpha = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 4, 0, 0, 0]);
    let file = [SIGNATURE, &grey_with_alpha, &data(), &end()].concat();
    assert!(inspected(&file).alpha);
}

#[test]
fn reports_and_removes_all_metadata() {
    let file = dot_with(&[exif(TOLD), xmp(), time()], &[text()], SECRET);
    let found = inspected(&file);
    assert_eq!(found.orientation, Some(6));
    let all = [
        Private::Location,
        Private::Time,
        Private::Device,
        Private::Exif,
        Private::Xmp,
        Private::Text,
        Private::Trailing,
    ];
    assert_eq!(found.private, all);
    let plan = strip_png(&file).expect("a whole PNG");
    assert_eq!(plan.format, Format::Png);
    assert_eq!(plan.changes, [Change::MetadataRemoved]);
    assert_eq!(plan.removed, all);
    let clean = apply(&plan, &file);
    assert_eq!(clean, dot_with(&[exif(TURNED)], &[], &[]));
    assert_eq!(inspected(&clean).private, []);
}

#[test]
fn exif_behind_the_picture_has_no_orientation() {
    for told in [TOLD, TURNED] {
        let file = dot_with(&[], &[exif(told)], &[]);
        assert_eq!(inspected(&file).orientation, None);
        assert_eq!(stripped(&file), dot());
    }
}

#[test]
fn accepts_whatever_lies_behind_iend() {
    let many = vec![chunk(b"IDAT", &[7; 8192]); 300];
    for parts in [vec![], many] {
        for behind in [&[0; 5000][..], b"\n", b"\0", SECRET] {
            let file = dot_with(&parts, &[], behind);
            assert!(!inspected(&file).truncated);
            assert_eq!(stripped(&file), dot_with(&parts, &[], &[]));
        }
    }
}

#[test]
fn leaves_a_picture_without_metadata_unchanged() {
    let profile = chunk(b"iCCP", b"p\0\0x");
    let clean = [
        dot(),
        animated(),
        dot_with(&[profile, exif(TURNED)], &[], &[]),
        dot_with(&[chunk(b"IDAT", &vec![7; 200_000])], &[], &[]),
    ];
    for file in clean {
        let plan = strip_png(&file).expect("a whole PNG");
        assert!(leaves(&plan, &file), "{plan:?}");
    }
}

#[test]
fn rejects_png_without_iend() {
    for (name, file) in all() {
        let ends = file.windows(4).rposition(|word| word == b"IEND");
        for length in 8..ends.expect("an end") + 8 {
            assert!(inspected(&file[..length]).truncated, "{name} {length}");
            assert_eq!(
                strip_png(&file[..length]),
                Err(ParseError::Truncated),
                "{name}"
            );
        }
    }
}

#[test]
fn finds_iend_at_the_end_of_many_chunks() {
    let parts = vec![chunk(b"IDAT", &[7; 8192]); 300];
    let whole = dot_with(&parts, &[], &[]);
    let found = inspected(&whole);
    assert!(!found.truncated);
    assert_eq!(found.width, Some(1));
    let half = &whole[..whole.len() / 2];
    assert!(inspected(half).truncated);
    assert_eq!(strip_png(half), Err(ParseError::Truncated));
    assert!(leaves(&strip_png(&whole).expect("a whole PNG"), &whole));
}

#[test]
fn reads_a_large_picture_once() {
    let size = |file: &[u8]| file.len() as u64;
    let small = dot_with(&vec![chunk(b"IDAT", &[7; 8192]); 300], &[], &[]);
    let read = read_to_strip(Rewrite::png(size(&small)), &small);
    assert!(read < small.len() + small.len() / 8, "{read}");
    let large = dot_with(&[chunk(b"IDAT", &vec![7; 3_000_000])], &[], &[]);
    let read = read_to_strip(Rewrite::png(size(&large)), &large);
    assert!(read < 200_000, "{read}");
}

#[test]
fn reads_the_beginning_of_an_overlong_exif_block() {
    let mut long = exif(TOLD).split_off(8);
    long.truncate(long.len() - 4);
    long.resize(1_000_000, 7);
    let file = dot_with(&[chunk(b"eXIf", &long)], &[], &[]);
    assert_eq!(inspected(&file).orientation, Some(6));
    assert_eq!(stripped(&file), dot_with(&[exif(TURNED)], &[], &[]));
}

#[test]
fn rejects_what_no_decoder_reads() {
    let long = b"\xff\xff\xff\xffIDAT";
    let files = [
        [SIGNATURE, &data(), &end()].concat(),
        [SIGNATURE, &header(), &end()].concat(),
        [SIGNATURE, &header(), long, &end()].concat(),
        b"\xff\xd8\xff\xe0 is a JPEG".to_vec(),
    ];
    for file in files {
        let outcome = strip_png(&file);
        assert!(
            matches!(outcome, Err(ParseError::Malformed(_))),
            "{outcome:?}"
        );
    }
}

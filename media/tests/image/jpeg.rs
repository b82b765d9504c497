use divar_media::{Change, Format, Inspector, ParseError, Piece, Private, Progress, Rewrite};
use divar_media_samples::exif::{Exif, SECRET};
use divar_media_samples::jpeg::{
    END, START, comment, exif, frame, from_a_phone, jfif, jfif_with_thumbnail, of_late_height,
    profile, progressive, progressive_row, restarted, row_of_blocks, samsung_trailer, scan,
    segment, square, square_with, tables, xmp,
};

use crate::{
    apply, contains, inspected, leaves, part, read_to_inspect, read_to_strip, strip_jpeg,
    tells_a_secret,
};

const TURNED: Exif = Exif {
    big_endian: false,
    orientation: Some(6),
    device: false,
    time: false,
    location: false,
    thumbnail: false,
};

/// The block that is written for a picture that is turned.
fn bare(turned: u16) -> Vec<u8> {
    exif(Exif {
        big_endian: true,
        orientation: Some(turned),
        ..TURNED
    })
}

/// Coded data as long as this, as a decoder would take it for.
fn data(length: usize) -> Vec<u8> {
    let bytes = (1..=251_u8).cycle();
    let bytes = bytes.flat_map(|byte| [byte, (byte ^ 0x55) | 1, 0xff, 0]);
    bytes.take(length).collect()
}

fn with_data(data: &[u8], trailing: &[u8]) -> Vec<u8> {
    let parts = [START, &tables(), &frame(), &scan(), data, END, trailing];
    parts.concat()
}

fn stripped(file: &[u8]) -> Vec<u8> {
    apply(&strip_jpeg(file).expect("a whole JPEG"), file)
}

#[test]
fn reports_all_metadata_of_a_phone() {
    let found = inspected(&from_a_phone());
    assert_eq!(found.format, Format::Jpeg);
    assert_eq!((found.width, found.height), (Some(8), Some(8)));
    assert_eq!(found.orientation, Some(6));
    let all = [
        Private::Location,
        Private::Time,
        Private::Device,
        Private::Exif,
        Private::Xmp,
        Private::Iptc,
        Private::Text,
        Private::Thumbnail,
        Private::Trailing,
    ];
    assert_eq!(found.private, all);
    assert!(!found.truncated);
    assert_eq!(found.malformed, None);
}

#[test]
fn keeps_only_orientation_and_profile_of_a_phone_picture() {
    let file = from_a_phone();
    let plan = strip_jpeg(&file).expect("a whole JPEG");
    let wanted = square_with(&[bare(6), profile()], &[]);
    assert_eq!(apply(&plan, &file), wanted);
    assert_eq!(plan.format, Format::Jpeg);
    assert_eq!(plan.changes, [Change::MetadataRemoved]);
    assert_eq!(plan.removed, inspected(&file).private);
}

#[test]
fn stripped_picture_has_no_metadata_and_its_orientation() {
    let found = inspected(&stripped(&from_a_phone()));
    assert_eq!(found.private, []);
    assert_eq!(found.orientation, Some(6));
}

#[test]
fn leaves_a_picture_without_metadata_unchanged() {
    let filled = [
        START,
        &[0xff; 3],
        &tables(),
        &frame(),
        &scan(),
        &[0xff],
        END,
    ]
    .concat();
    let clean = [
        square(),
        progressive(&[]),
        restarted(),
        of_late_height(),
        filled,
        square_with(&[jfif(), bare(8)], &[]),
        square_with(&[bare(2), jfif()], &[]),
        square_with(&[profile(), bare(3)], &[]),
        with_data(&data(300_000), &[]),
    ];
    for file in clean {
        let plan = strip_jpeg(&file).expect("a whole JPEG");
        assert!(leaves(&plan, &file), "{plan:?}");
        assert_eq!(inspected(&file).private, []);
    }
}

#[test]
fn removes_metadata_between_scans() {
    let told = exif(Exif {
        location: true,
        ..TURNED
    });
    let file = progressive(&[comment(), told].concat());
    let plan = strip_jpeg(&file).expect("a whole JPEG");
    assert_eq!(apply(&plan, &file), progressive(&[]));
    assert_eq!(
        plan.removed,
        [Private::Location, Private::Exif, Private::Text]
    );
}

#[test]
fn orientation_is_that_of_the_first_exif_segment() {
    let orientation = |turned| {
        exif(Exif {
            orientation: turned,
            device: true,
            ..TURNED
        })
    };
    for (turns, seen) in [
        ([Some(8), Some(3)], Some(8)),
        ([None, Some(6)], None),
        ([Some(9), Some(6)], None),
    ] {
        let file = square_with(&turns.map(orientation), &[]);
        assert_eq!(inspected(&file).orientation, seen);
        let wanted = match seen {
            Some(turned) => square_with(&[bare(turned.into())], &[]),
            None => square_with(&[], &[]),
        };
        assert_eq!(stripped(&file), wanted);
    }
}

#[test]
fn broken_gps_pointer_does_not_end_the_reading() {
    let mut file = square_with(
        &[exif(Exif {
            location: true,
            ..TURNED
        })],
        &[],
    );
    let pointer = file
        .windows(8)
        .position(|it| it == [0x25, 0x88, 4, 0, 1, 0, 0, 0]);
    let at = pointer.expect("a pointer") + 8;
    file[at..at + 4].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    // The entry of the orientation comes in front of it here, and behind it there.
    let mut swapped = file.clone();
    let entry = swapped
        .windows(4)
        .position(|it| it == [0x12, 1, 3, 0])
        .expect("an entry");
    swapped[entry..entry + 24].rotate_left(12);
    for file in [file, swapped] {
        let found = inspected(&file);
        assert_eq!(found.orientation, Some(6));
        assert_eq!(found.private, [Private::Exif]);
        assert_eq!(stripped(&file), square_with(&[bare(6)], &[]));
    }
}

#[test]
fn writes_no_orientation_for_an_upright_picture() {
    let upright = Exif {
        orientation: Some(1),
        ..TURNED
    };
    let file = square_with(&[jfif(), exif(upright)], &[]);
    assert_eq!(stripped(&file), square_with(&[jfif()], &[]));
}

#[test]
fn writes_orientation_behind_the_jfif_header() {
    let file = square_with(&[jfif(), profile(), exif(TURNED)], &[]);
    let wanted = square_with(&[jfif(), bare(6), profile()], &[]);
    assert_eq!(stripped(&file), wanted);
}

#[test]
fn removes_only_the_thumbnail_of_a_jfif_header() {
    let file = square_with(&[jfif_with_thumbnail(), exif(TURNED)], &[]);
    assert_eq!(stripped(&file), square_with(&[jfif(), bare(6)], &[]));
    let jfxx = segment(0xe0, b"JFXX\0\x13SECRET!");
    let file = square_with(&[jfif(), jfxx], &[]);
    assert_eq!(stripped(&file), square_with(&[jfif()], &[]));
    assert_eq!(inspected(&file).private, [Private::Thumbnail]);
}

#[test]
fn version_of_the_gps_tags_is_no_location() {
    let mut tiff = TURNED;
    tiff.location = true;
    let mut file = square_with(&[exif(tiff)], &[]);
    assert!(inspected(&file).private.contains(&Private::Location));
    // The only entry of the directory: its tag becomes that of the version.
    let entry = [2, 0, 2, 0, 8, 0, 0, 0];
    let place = file.windows(8).position(|window| window == entry);
    file[place.expect("an entry")] = 0;
    assert_eq!(inspected(&file).private, [Private::Exif]);
}

#[test]
fn removes_bytes_between_segments() {
    let file = square_with(&[jfif(), SECRET.repeat(40), vec![0; 9], comment()], &[]);
    let plan = strip_jpeg(&file).expect("a whole JPEG");
    assert_eq!(apply(&plan, &file), square_with(&[jfif()], &[]));
    assert_eq!(plan.removed, [Private::Text, Private::Other]);
    assert_eq!(inspected(&file).private, plan.removed);
}

#[test]
fn rejects_jpeg_cut_within_its_data() {
    for (file, data) in [row_of_blocks(8000), progressive_row(8000), row_of_blocks(5)] {
        let end = file.len() - 2;
        for missing in [1, data / 2, data - 1, data + 3] {
            let file = &file[..end - missing];
            assert!(inspected(file).truncated, "{missing}");
            assert_eq!(strip_jpeg(file), Err(ParseError::Truncated), "{missing}");
        }
    }
    let small = square();
    // Up to the segment of the scan.
    for length in 3..small.len() - 3 {
        let file = &small[..length];
        assert!(inspected(file).truncated, "{length}");
        assert_eq!(strip_jpeg(file), Err(ParseError::Truncated), "{length}");
    }
}

#[test]
fn appends_missing_eoi() {
    for (whole, _) in [row_of_blocks(8000), progressive_row(8000), (square(), 1)] {
        let file = &whole[..whole.len() - 2];
        let found = inspected(file);
        assert!(!found.truncated);
        assert_eq!(found.private, []);
        assert_eq!(stripped(file), whole);
    }
}

#[test]
fn cuts_samsung_trailer_with_and_without_eoi() {
    let (whole, _) = row_of_blocks(8000);
    // A block with what looks like markers, and one with nothing.
    for block in [
        [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xd9].repeat(900),
        vec![7; 9000],
    ] {
        let trailer = samsung_trailer(&block);
        for picture in [&whole[..], &whole[..whole.len() - 2]] {
            let file = [picture, &trailer].concat();
            let found = inspected(&file);
            assert!(!found.truncated);
            assert_eq!(found.private, [Private::Trailing]);
            assert_eq!(stripped(&file), whole);
        }
    }
    let cut = [&whole[..whole.len() - 600], &samsung_trailer(&[7; 9000])].concat();
    assert_eq!(strip_jpeg(&cut), Err(ParseError::Truncated));
}

#[test]
fn accepts_scan_like_bytes_behind_eoi() {
    let (whole, _) = row_of_blocks(8000);
    let file = [&whole[..], &data(9000)].concat();
    assert!(!inspected(&file).truncated);
    assert_eq!(stripped(&file), whole);
}

#[test]
fn accepts_data_that_cannot_be_decoded() {
    let whole = with_data(&vec![0xaa; 20_000], &[]);
    assert!(!inspected(&whole[..19_000]).truncated);
}

#[test]
fn directories_that_point_at_themselves_are_read_once() {
    // Each of 340 entries points at the directory itself.
    let mut tiff = b"II*\0\x08\0\0\0\x54\x01".to_vec();
    for tag in [0x8769_u16, 0x8825].repeat(170) {
        tiff.extend([&tag.to_le_bytes()[..], &[4, 0, 1, 0, 0, 0, 8, 0, 0, 0]].concat());
    }
    tiff.extend([8, 0, 0, 0]);
    let block = segment(0xe1, &[b"Exif\0\0", &tiff[..]].concat());
    let file = square_with(&vec![block; 60], &[]);
    let mut inspector = Inspector::new(file.len() as u64);
    while let Progress::Need(range) = inspector.run() {
        inspector.add(range.offset, part(&file, range));
    }
    let (steps, bytes) = (inspector.file().steps(), inspector.file().bytes_read());
    assert!(steps < bytes, "{steps} steps for {bytes} bytes");
}

#[test]
fn accepts_whatever_lies_behind_eoi() {
    let table = [0, 0, 1, 0xff].repeat(3000);
    let noise: Vec<_> = (0..=255).rev().cycle().take(9000).collect();
    for trailing in [square(), table, noise, b"SEFT".to_vec()] {
        let file = with_data(&data(20_000), &trailing);
        let found = inspected(&file);
        assert!(!found.truncated);
        assert_eq!(stripped(&file), with_data(&data(20_000), &[]));
    }
}

#[test]
fn reports_a_movie_behind_eoi() {
    let movie = [0, 0, 0xff, 1].repeat(3000);
    let picture = with_data(&data(20_000), &movie);
    assert_eq!(inspected(&picture).private, [Private::Trailing]);
    let plan = strip_jpeg(&picture).expect("a whole JPEG");
    assert_eq!(plan.removed, [Private::Trailing]);
}

#[test]
fn reads_little_of_a_large_picture() {
    let maker_note = segment(0xe1, &[&exif_payload()[..], &vec![7; 40_000]].concat());
    let profile = segment(
        0xe2,
        &[&b"ICC_PROFILE\0\x01\x01"[..], &vec![7; 60_000]].concat(),
    );
    let before = [maker_note, profile, xmp()].concat();
    let mut file = with_data(&data(2_000_000), &[]);
    file.splice(2..2, before);
    assert_eq!(inspected(&file).orientation, Some(6));
    assert!(read_to_inspect(&file) < 16 * 1024);
}

#[test]
fn reads_a_large_picture_once() {
    let file = with_data(&data(2_000_000), &[]);
    let read = read_to_strip(Rewrite::jpeg(file.len() as u64), &file);
    assert!(read < file.len() + file.len() / 8, "{read}");
}

fn exif_payload() -> Vec<u8> {
    exif(TURNED).split_off(4)
}

#[test]
fn finds_a_location_in_xmp() {
    let found = inspected(&square_with(&[xmp()], &[]));
    assert_eq!(found.private, [Private::Location, Private::Xmp]);
    let nowhere = segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>");
    let found = inspected(&square_with(&[nowhere], &[]));
    assert_eq!(found.private, [Private::Xmp]);
}

#[test]
fn rejects_what_no_decoder_reads() {
    let files = [
        [START, END].concat(),
        [START, &tables(), &scan(), END].concat(),
        [START, &square()].concat(),
        [START, &[0xff, 0x02, 0, 2], &square()[2..]].concat(),
        [START, &[0xff, 0xe1, 0, 1], &square()[2..]].concat(),
        b"\x89PNG".to_vec(),
    ];
    for file in files {
        let outcome = strip_jpeg(&file);
        assert!(
            matches!(outcome, Err(ParseError::Malformed(_))),
            "{outcome:?}"
        );
    }
    assert!(inspected(&[START, END].concat()).malformed.is_some());
}

#[test]
fn limits_the_number_of_segments() {
    let many = vec![comment(); 100_000].concat();
    let file = square_with(&[many], &[]);
    assert_eq!(inspected(&file).private, [Private::Text]);
    assert_eq!(stripped(&file), square_with(&[], &[]));
    let apart = vec![[comment(), profile()].concat(); 5000].concat();
    assert_eq!(
        strip_jpeg(&square_with(&[apart], &[])),
        Err(ParseError::LimitExceeded)
    );
}

#[test]
fn long_segments_fit_the_budget() {
    let short = segment(0xe5, &[7; 6]);
    let long = exif(TURNED);
    let long = segment(
        0xe1,
        &[&long[4..], &vec![7; 65_533 - long.len() + 4]].concat(),
    );
    let file = square_with(&vec![[short, long].concat(); 40], &[]);
    assert_eq!(stripped(&file), square_with(&[bare(6)], &[]));
}

#[test]
fn joins_adjacent_slices() {
    let file = square_with(
        &[comment(), jfif(), exif(TURNED), profile(), comment()],
        &[],
    );
    let plan = strip_jpeg(&file).expect("a whole JPEG");
    // The start, the header, the orientation, the profile, and all the rest.
    assert_eq!(plan.pieces.len(), 5);
    assert!(matches!(plan.pieces[2], Piece::Bytes(_)));
    assert!(!tells_a_secret(&apply(&plan, &file)));
    assert!(contains(&file, SECRET));
}

#[test]
fn version_of_the_gps_tags_in_xmp_is_no_location() {
    let told = |properties: &str| {
        let packet = ["http://ns.adobe.com/xap/1.0/\0", properties].concat();
        inspected(&square_with(&[segment(0xe1, packet.as_bytes())], &[])).private
    };
    assert_eq!(told("<x exif:GPSVersionID='2.3.0.0'/>"), [Private::Xmp]);
    let both = told("<x exif:GPSVersionID='2.3.0.0' exif:GPSLatitude='35,41N'/>");
    assert_eq!(both, [Private::Location, Private::Xmp]);
    assert_eq!(told("<x exif:GPSStatus"), [Private::Location, Private::Xmp]);
}

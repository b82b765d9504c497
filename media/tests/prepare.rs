//! What is decided about a file before it is sent, and what it becomes.

use divar_media::{
    Change, MAX_EDGE, Piece, Preparation, PrepareOptions, Prepared, Private, Progress, Reason,
};
use divar_media::{Format, MediaType};
use divar_media_samples::jpeg::{row_of_blocks, segment};
use divar_media_samples::{all, gif};

const OPTIONS: PrepareOptions = PrepareOptions {
    media_type: None,
    longest_edge: None,
    max_bytes: None,
    keep_metadata: false,
    can_draw: true,
};

fn sample(name: &str) -> Vec<u8> {
    let of_name = |(known, _): &(&str, Vec<u8>)| *known == name;
    let (_, bytes) = all().into_iter().find(of_name).expect("a sample");
    bytes
}

fn prepared(file: &[u8], options: PrepareOptions) -> Prepared {
    let mut preparation = Preparation::new(file.len() as u64, options);
    loop {
        match preparation.run() {
            Progress::Done(prepared) => return prepared,
            Progress::Need(range) => {
                let from = usize::try_from(range.offset).expect("small");
                preparation.add(range.offset, file[from..from + range.length].to_vec());
            }
        }
    }
}

fn reason(file: &[u8], options: PrepareOptions) -> Reason {
    match prepared(file, options) {
        Prepared::Refused(refusal) => {
            assert!(!refusal.words.is_empty());
            refusal.reason
        }
        other => panic!("not refused: {other:?}"),
    }
}

fn as_type(media_type: MediaType) -> PrepareOptions {
    PrepareOptions {
        media_type: Some(media_type),
        ..OPTIONS
    }
}

#[test]
fn prepares_each_format_for_its_media_type() {
    for (name, wanted_type, wanted) in [
        ("phone.jpg", MediaType::Image, Format::Jpeg),
        ("dot.png", MediaType::Image, Format::Png),
        ("index-last.mp4", MediaType::Video, Format::Mp4),
        ("positions.mov", MediaType::Video, Format::Mp4),
        ("sound.m4a", MediaType::Voice, Format::M4a),
        ("sound.3gp", MediaType::Voice, Format::ThreeGp),
        ("empty.pdf", MediaType::File, Format::Pdf),
        ("letter.docx", MediaType::File, Format::Docx),
        ("talk.ppt", MediaType::File, Format::Ppt),
    ] {
        match prepared(&sample(name), OPTIONS) {
            Prepared::Planned {
                media_type, format, ..
            } => assert_eq!((media_type, format), (wanted_type, wanted), "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn removes_metadata_unless_told_to_keep_them() {
    let file = sample("phone.jpg");
    let Prepared::Planned { plan, .. } = prepared(&file, OPTIONS) else {
        panic!("a plan");
    };
    assert_eq!(plan.changes, [Change::MetadataRemoved]);
    assert!(plan.removed.contains(&Private::Location));
    assert!(plan.size() < file.len() as u64);

    let keep_metadata = true;
    let Prepared::Planned { plan, .. } = prepared(
        &file,
        PrepareOptions {
            keep_metadata,
            ..OPTIONS
        },
    ) else {
        panic!("a plan");
    };
    let to = file.len() as u64;
    assert_eq!(plan.pieces, [Piece::Slice { from: 0, to }]);
    assert!(plan.changes.is_empty());
}

#[test]
fn redraws_large_pictures_and_other_formats() {
    for name in ["lossy.webp", "dot.gif", "picture.heic", "picture.avif"] {
        let Prepared::Redraw(draw) = prepared(&sample(name), OPTIONS) else {
            panic!("{name} is drawn");
        };
        assert_eq!(draw.longest_edge, MAX_EDGE);
        assert_eq!(draw.max_bytes, 5_000_000);
    }
    let longest_edge = Some(4);
    let file = sample("square.jpg");
    let smaller = PrepareOptions {
        longest_edge,
        ..OPTIONS
    };
    assert!(matches!(prepared(&file, smaller), Prepared::Redraw(draw) if draw.longest_edge == 4));
    // Without its metadata it is still too large, and so is drawn.
    let max_bytes = Some(10);
    let lighter = PrepareOptions {
        max_bytes,
        ..OPTIONS
    };
    assert!(
        matches!(prepared(&file, lighter), Prepared::Redraw(draw) if draw.format == Format::Jpeg)
    );
}

#[test]
fn rejects_what_must_be_redrawn_where_nothing_draws() {
    let can_draw = false;
    let options = PrepareOptions {
        can_draw,
        ..OPTIONS
    };
    let cannot = |name, options| assert_eq!(reason(&sample(name), options), Reason::CannotConvert);
    cannot("lossy.webp", options.clone());
    let longest_edge = Some(4);
    cannot(
        "square.jpg",
        PrepareOptions {
            longest_edge,
            ..options.clone()
        },
    );
    assert!(matches!(
        prepared(&sample("square.jpg"), options),
        Prepared::Planned { .. }
    ));
}

#[test]
fn rejects_with_the_error_code() {
    let jpeg = sample("square.jpg");
    let cut = &jpeg[..jpeg.len() - 3];
    assert_eq!(reason(b"", OPTIONS), Reason::FileEmpty);
    assert_eq!(reason(b"MZ and so on", OPTIONS), Reason::UnsupportedFormat);
    assert_eq!(reason(cut, OPTIONS), Reason::FileDamaged);
    assert_eq!(reason(&sample("cut.pdf"), OPTIONS), Reason::FileDamaged);
    for (name, media_type) in [
        ("square.jpg", MediaType::Video),
        ("plain.mp4", MediaType::Image),
        ("plain.mp4", MediaType::Voice),
        ("sound.m4a", MediaType::Video),
        ("movie.webm", MediaType::Video),
        ("plain.zip", MediaType::File),
        ("empty.pdf", MediaType::Image),
    ] {
        let refused = reason(&sample(name), as_type(media_type));
        assert_eq!(refused, Reason::UnsupportedFormat, "{name}");
    }
    let max_bytes = Some(10);
    let small = PrepareOptions {
        max_bytes,
        ..OPTIONS
    };
    assert_eq!(reason(&sample("empty.pdf"), small), Reason::FileTooLarge);
}

/// A JPEG of this size, with about `kept` bytes that are kept.
fn jpeg_of(width: u16, height: u16, kept: usize) -> Vec<u8> {
    let (mut file, _) = row_of_blocks(8);
    let frame = file
        .windows(2)
        .position(|it| it == [0xff, 0xc0])
        .expect("a frame");
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    let profile = segment(
        0xe2,
        &[&b"ICC_PROFILE\0\x01\x01"[..], &vec![7; 60_000]].concat(),
    );
    let profiles = profile.repeat(kept / profile.len() + 1);
    file.splice(2..2, profiles);
    file
}

#[test]
fn small_picture_is_not_encoded_again_for_its_pixels() {
    let prepared = prepared(&jpeg_of(4000, 3000, 300_000), OPTIONS);
    assert!(matches!(prepared, Prepared::Planned { plan, .. } if plan.changes.is_empty()));
}

#[test]
fn large_picture_is_sent_as_it_is_if_encoding_does_not_make_it_smaller() {
    let file = jpeg_of(4000, 3000, 2_000_000);
    let Prepared::Redraw(redraw) = prepared(&file, OPTIONS) else {
        panic!("a picture to encode");
    };
    assert_eq!(redraw.longest_edge, MAX_EDGE);
    let (format, plan) = redraw.original.expect("the picture as it is");
    assert_eq!((format, plan.size()), (Format::Jpeg, file.len() as u64));
    // One that is too large has to be encoded, and so has one with an edge that was asked for.
    let large = jpeg_of(4000, 3000, 6_000_000);
    assert!(
        matches!(prepared(&large, OPTIONS), Prepared::Redraw(redraw) if redraw.original.is_none())
    );
    let longest_edge = Some(1000);
    let asked = PrepareOptions {
        longest_edge,
        ..OPTIONS
    };
    assert!(
        matches!(prepared(&file, asked), Prepared::Redraw(redraw) if redraw.original.is_none())
    );
}

#[test]
fn narrow_picture_is_limited_by_its_pixels() {
    // A phone's screenshot stays as it is.
    let phone = prepared(&jpeg_of(1080, 2400, 2_000_000), OPTIONS);
    assert!(matches!(phone, Prepared::Planned { .. }));
    let Prepared::Redraw(redraw) = prepared(&jpeg_of(1080, 16_000, 2_000_000), OPTIONS) else {
        panic!("a picture to encode");
    };
    // Of 1080 by 16,000 pixels, as many as the limit allows: 1064 by 15,765.
    assert_eq!(redraw.longest_edge, 15_765);
}

#[test]
fn picture_of_too_many_pixels_to_decode_is_stripped_if_it_fits() {
    let prepared = prepared(&jpeg_of(12_000, 9000, 3_000_000), OPTIONS);
    assert!(matches!(prepared, Prepared::Planned { .. }));
}

#[test]
fn size_that_is_guarded_is_that_of_the_largest_frame() {
    let mut image = gif::IMAGE.to_vec();
    image[5..9].copy_from_slice(&[0x20, 0x4e, 0x20, 0x4e]);
    let file = [gif::HEAD, &image, gif::TRAILER].concat();
    let Prepared::Redraw(redraw) = prepared(&file, OPTIONS) else {
        panic!("a picture to encode");
    };
    assert_eq!((redraw.width, redraw.height), (Some(20_000), Some(20_000)));
}

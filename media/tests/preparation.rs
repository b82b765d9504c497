//! What is decided about a file before it is sent, and what it becomes.

use divar_media::accepted::{Format, MediaType};
use divar_media::{
    Change, Kind, LONGEST_EDGE, Piece, Preparation, Prepared, Private, Reason, Stop, Wish,
};
use divar_media_samples::all;

const WISH: Wish = Wish {
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

fn prepared(file: &[u8], wish: Wish) -> Prepared {
    let mut preparation = Preparation::new(file.len() as u64, wish);
    loop {
        match preparation.run() {
            Ok(prepared) => return prepared,
            Err(Stop::Need(need)) => {
                let from = usize::try_from(need.at).expect("small");
                preparation.add(need.at, file[from..from + need.length].to_vec());
            }
            Err(other) => panic!("{other:?} stops no preparation"),
        }
    }
}

fn reason(file: &[u8], wish: Wish) -> Reason {
    match prepared(file, wish) {
        Prepared::Refused(refusal) => {
            assert!(!refusal.words.is_empty());
            refusal.reason
        }
        other => panic!("not refused: {other:?}"),
    }
}

fn as_type(media_type: MediaType) -> Wish {
    Wish {
        media_type: Some(media_type),
        ..WISH
    }
}

#[test]
fn each_kind_becomes_what_divar_takes() {
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
        match prepared(&sample(name), WISH) {
            Prepared::Planned {
                media_type, format, ..
            } => assert_eq!((media_type, format), (wanted_type, wanted), "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn what_tells_of_people_goes_unless_it_is_to_stay() {
    let file = sample("phone.jpg");
    let Prepared::Planned { plan, .. } = prepared(&file, WISH) else {
        panic!("a plan");
    };
    assert_eq!(plan.changes, [Change::MetadataRemoved]);
    assert!(plan.removed.contains(&Private::Location));
    assert!(plan.size() < file.len() as u64);

    let keep_metadata = true;
    let Prepared::Planned { plan, .. } = prepared(
        &file,
        Wish {
            keep_metadata,
            ..WISH
        },
    ) else {
        panic!("a plan");
    };
    let to = file.len() as u64;
    assert_eq!(plan.pieces, [Piece::Slice { from: 0, to }]);
    assert!(plan.changes.is_empty());
}

#[test]
fn pictures_that_are_too_large_or_of_another_kind_are_drawn() {
    for name in ["lossy.webp", "dot.gif", "picture.heic", "picture.avif"] {
        let Prepared::Draw(draw) = prepared(&sample(name), WISH) else {
            panic!("{name} is drawn");
        };
        assert_eq!(draw.longest_edge, LONGEST_EDGE);
        assert_eq!(draw.max_bytes, 5_000_000);
    }
    let longest_edge = Some(4);
    let file = sample("square.jpg");
    let smaller = Wish {
        longest_edge,
        ..WISH
    };
    assert!(matches!(prepared(&file, smaller), Prepared::Draw(draw) if draw.longest_edge == 4));
    // Without its metadata it is still too large, and so is drawn.
    let max_bytes = Some(10);
    let lighter = Wish { max_bytes, ..WISH };
    assert!(matches!(prepared(&file, lighter), Prepared::Draw(draw) if draw.format == Kind::Jpeg));
}

#[test]
fn where_nothing_draws_only_what_has_to_be_drawn_is_refused() {
    let can_draw = false;
    let wish = Wish { can_draw, ..WISH };
    let cannot = |name, wish| assert_eq!(reason(&sample(name), wish), Reason::CannotConvert);
    cannot("lossy.webp", wish.clone());
    let longest_edge = Some(4);
    cannot(
        "square.jpg",
        Wish {
            longest_edge,
            ..wish.clone()
        },
    );
    assert!(matches!(
        prepared(&sample("square.jpg"), wish),
        Prepared::Planned { .. }
    ));
}

#[test]
fn what_cannot_be_sent_is_refused_with_its_reason() {
    let jpeg = sample("square.jpg");
    let cut = &jpeg[..jpeg.len() - 2];
    assert_eq!(reason(b"", WISH), Reason::FileEmpty);
    assert_eq!(reason(b"MZ and so on", WISH), Reason::UnsupportedFormat);
    assert_eq!(reason(cut, WISH), Reason::FileDamaged);
    assert_eq!(reason(&sample("cut.pdf"), WISH), Reason::FileDamaged);
    for (name, media_type) in [
        ("square.jpg", MediaType::Video),
        ("plain.mp4", MediaType::Image),
        ("plain.mp4", MediaType::Voice),
        ("sound.m4a", MediaType::Video),
        ("film.webm", MediaType::Video),
        ("plain.zip", MediaType::File),
        ("empty.pdf", MediaType::Image),
    ] {
        let refused = reason(&sample(name), as_type(media_type));
        assert_eq!(refused, Reason::UnsupportedFormat, "{name}");
    }
    let max_bytes = Some(10);
    let small = Wish { max_bytes, ..WISH };
    assert_eq!(reason(&sample("empty.pdf"), small), Reason::FileTooLarge);
}

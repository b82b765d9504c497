//! One judgement: what is prepared can be uploaded, and the check of an upload
//! refuses only what an inspection refuses.

use divar_media::upload_check::{
    HEAD_BYTES, Label, MovieCheck, Rejected, accept, check_head, deciding_part, needs_validation,
};
use divar_media::{
    Format, MediaType, ParseError, Preparation, PrepareOptions, Prepared, Progress, Reason,
    inspect_bytes,
};
use divar_media_samples::isobmff::Track;
use divar_media_samples::{Sample, all, isobmff, jpeg, ole, pdf, png, zip};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

type Checked = Result<(MediaType, Format), Rejected>;

fn part(file: &[u8], from: u64, to: u64) -> &[u8] {
    let place = |at| usize::try_from(at).expect("small");
    &file[place(from)..place(to)]
}

/// As an upload checks a file: where its ends do not tell enough, it is prepared.
fn check(file: &[u8], name: &str, mime: &str, wanted: Option<MediaType>) -> Checked {
    let (first, is_certain) = check_ends(file, name, mime, wanted);
    if is_certain {
        return first;
    }
    match prepared(file, wanted) {
        Prepared::Planned { format, .. } => accept(Some(format), wanted),
        Prepared::Refused(refusal) => Err(match refusal.reason {
            // Cut, or otherwise damaged.
            Reason::FileDamaged => Rejected::Truncated,
            _ => Rejected::UnsupportedFormat(None),
        }),
        Prepared::Redraw(redraw) => panic!("{redraw:?}"),
    }
}

/// The check of a file's ends, and whether it tells enough.
fn check_ends(file: &[u8], name: &str, mime: &str, wanted: Option<MediaType>) -> (Checked, bool) {
    let size = file.len() as u64;
    let head = &file[..file.len().min(HEAD_BYTES)];
    let deciding = deciding_part(head, size);
    let deciding = part(file, deciding.start, deciding.end);
    let label = Label { name, mime };
    let recognise = |wanted| divar_media::upload_check::check(head, deciding, size, label, wanted);
    let is_certain = !needs_validation(head, deciding, size);
    let checked = recognise(wanted);
    if !matches!(checked, Ok((MediaType::Video | MediaType::Voice, _))) {
        return (checked, is_certain);
    }
    let mut movie = MovieCheck::new(size, wanted);
    let checked = loop {
        match movie.run() {
            Ok(Some(by_content)) => break recognise(Some(by_content)),
            Ok(None) => break checked,
            Err(ParseError::Incomplete(range)) => {
                let end = range.offset + range.length as u64;
                movie.add(range.offset, part(file, range.offset, end).to_vec());
            }
            Err(error) => break Err(error.into()),
        }
    };
    (checked, !movie.has_fragments())
}

fn format(file: &[u8], name: &str) -> Result<Format, Rejected> {
    check(file, name, "", None).map(|(_, format)| format)
}

fn prepared(file: &[u8], media_type: Option<MediaType>) -> Prepared {
    let options = PrepareOptions {
        media_type,
        longest_edge: None,
        max_bytes: None,
        keep_metadata: false,
        can_draw: false,
    };
    let mut preparation = Preparation::new(file.len() as u64, options);
    loop {
        match preparation.run() {
            Progress::Done(prepared) => return prepared,
            Progress::Need(range) => {
                let end = range.offset + range.length as u64;
                preparation.add(range.offset, part(file, range.offset, end).to_vec());
            }
        }
    }
}

#[test]
fn content_decides_and_not_the_name() {
    assert_eq!(format(&jpeg::square(), "a.png"), Ok(Format::Jpeg));
    assert_eq!(format(&png::dot(), ""), Ok(Format::Png));
    assert_eq!(format(&pdf::empty(), "a.png"), Ok(Format::Pdf));
    let rejected = Err(Rejected::UnsupportedFormat(None));
    assert_eq!(format(b"MZ\x90\0", "a.jpg"), rejected);
    assert_eq!(format(b"", "a.png"), rejected);
    assert_eq!(
        check(&pdf::empty(), "", "", Some(MediaType::File)).map(|it| it.1),
        Ok(Format::Pdf)
    );
    assert_eq!(
        check(&pdf::empty(), "a.png", "image/png", Some(MediaType::Image)),
        Err(Rejected::UnsupportedFormat(None))
    );
}

#[test]
fn office_document_is_named_by_its_content() {
    let docx = zip::office("word/document.xml");
    for name in [
        "a.xlsx",
        "a.doc",
        "a",
        "",
        "a.docx\u{200f}",
        "a.docx ",
        "a.docm",
    ] {
        assert_eq!(format(&docx, name), Ok(Format::Docx), "{name}");
    }
    let separated_by_backslash = zip::office(r"XL\workbook.xml");
    assert_eq!(format(&separated_by_backslash, "a"), Ok(Format::Xlsx));
    for name in ["a.docx", "a.ppt", ""] {
        assert_eq!(
            format(&ole::small_directory(), name),
            Ok(Format::Xls),
            "{name}"
        );
    }
}

#[test]
fn label_decides_where_only_the_first_bytes_are_known() {
    let label = |name, mime| Label { name, mime };
    let head = |head: &[u8], label| check_head(head, label, MediaType::File);
    let (zip, ole) = (b"PK\x03\x04\x14\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    assert_eq!(head(zip, label("گزارش.DOCX", "")), Ok(Format::Docx));
    assert_eq!(head(zip, label("x", Format::Xlsx.mime())), Ok(Format::Xlsx));
    assert_eq!(head(ole, label("x.ppt", "")), Ok(Format::Ppt));
    let rejected = Err(Rejected::UnsupportedFormat(None));
    assert_eq!(head(ole, label("x.docx", "")), rejected);
    assert_eq!(head(zip, label("x.zip", "application/zip")), rejected);
}

#[test]
fn rejects_documents_that_are_encrypted_or_have_macros() {
    let words = |file: &[u8]| {
        let rejected = format(file, "a.docx");
        assert_eq!(rejected, Err(Rejected::UnsupportedFormat(None)));
        match prepared(file, None) {
            Prepared::Refused(refusal) => refusal.words,
            other => panic!("{other:?}"),
        }
    };
    assert!(words(&ole::encrypted()).contains("password"));
    let files: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w/>"),
        ("word/vbaProject.bin", b"macro"),
    ];
    assert!(words(&zip::archive(&files, b"")).contains("macros"));
}

fn movie(brand: [u8; 4], track: Track) -> Vec<u8> {
    isobmff::Movie::new(&brand, vec![track]).file()
}

#[test]
fn tracks_tell_voice_from_video() {
    let video = |brand, name, mime| check(&movie(brand, Track::video()), name, mime, None);
    let audio = |brand, name, mime| check(&movie(brand, Track::audio()), name, mime, None);
    for (name, mime) in [("a.mp4", ""), ("a.M4A", ""), ("blob", "audio/mp4")] {
        let expected = Ok((MediaType::Video, Format::Mp4));
        assert_eq!(video(*b"isom", name, mime), expected, "{name}");
        let expected = Ok((MediaType::Voice, Format::M4a));
        assert_eq!(audio(*b"isom", name, mime), expected, "{name}");
    }
    let threegp = Ok((MediaType::Voice, Format::ThreeGp));
    assert_eq!(audio(*b"isom", "a.3gp", ""), threegp);
    assert_eq!(audio(*b"3gp4", "a", ""), threegp);
    for brand in [*b"qt  ", *b"heic", *b"avif", *b"mif1", *b"crx "] {
        let rejected = Err(Rejected::UnsupportedFormat(None));
        assert_eq!(video(brand, "a.mp4", ""), rejected, "{brand:?}");
    }
}

#[test]
fn rejects_movie_of_another_type_as_an_inspection_does() {
    let words = |track, wanted| match check(&movie(*b"isom", track), "", "", Some(wanted)) {
        Err(Rejected::UnsupportedFormat(Some(words))) => words,
        other => panic!("{other:?}"),
    };
    let voice_as_video = words(Track::audio(), MediaType::Video);
    assert_eq!(voice_as_video, "it is a voice note, not a video");
    let video_as_voice = words(Track::video(), MediaType::Voice);
    assert_eq!(video_as_voice, "it is a video, not a voice note");
    let subtitles = words(Track::subtitles(), MediaType::Video);
    assert_eq!(subtitles, "it has neither picture nor sound");
}

#[test]
fn rejects_what_is_cut() {
    let (png, pdf) = (png::dot(), pdf::empty());
    let docx = zip::office("word/document.xml");
    let cut = |file: &[u8]| format(&file[..file.len() / 2], "a.docx");
    for file in [&png, &pdf, &docx] {
        assert_eq!(cut(file), Err(Rejected::Truncated));
    }
    // Without its index, a movie cannot be played.
    let ftyp = isobmff::boxed(b"ftyp", &[b"isom\0\0\0\0isom"]);
    for rest in [
        &b""[..],
        b"\0\0\x10\0mdat and no more",
        &isobmff::boxed(b"mdat", &[]),
    ] {
        let movie = [&ftyp, rest].concat();
        assert_eq!(
            format(&movie, "a.mp4"),
            Err(Rejected::Truncated),
            "{rest:?}"
        );
    }
}

#[test]
fn rejects_movie_whose_samples_are_cut() {
    let movie = isobmff::Movie::new(b"isom", vec![Track::video(), Track::audio()]).file();
    let cut = &movie[..movie.len() - 1];
    assert_eq!(format(&movie, "a.mp4"), Ok(Format::Mp4));
    assert_eq!(format(cut, "a.mp4"), Err(Rejected::Truncated));
    assert!(inspect_bytes(cut).truncated);
}

#[test]
fn rejects_movie_that_is_protected_or_has_no_samples() {
    let words = |track| {
        let file = isobmff::Movie::new(b"isom", vec![track]).file();
        let rejected = format(&file, "a.mp4");
        let Err(Rejected::UnsupportedFormat(Some(words))) = rejected else {
            panic!("{rejected:?}");
        };
        assert_eq!(inspect_bytes(&file).unsupported, Some(words));
        words
    };
    let protected = Track::new(*b"vide", isobmff::video_entry(b"encv"));
    assert!(words(protected).contains("protected"));
    let mut empty = Track::video();
    empty.samples.clear();
    assert!(words(empty).contains("no samples"));
}

#[test]
fn accepts_fragments_and_an_index_behind_the_samples() {
    let mut movie = isobmff::Movie::new(b"isom", vec![Track::video()]);
    assert_eq!(format(&movie.fragmented(), "a.mp4"), Ok(Format::Mp4));
    movie.index_first = false;
    assert_eq!(format(&movie.file(), "a.mp4"), Ok(Format::Mp4));
}

#[test]
fn ends_of_a_jpeg_tell_enough_where_it_ends_with_eoi() {
    let thumbnail = jpeg::square();
    let with_two_eoi = [&thumbnail[..thumbnail.len() - 2], b"\xff\xd9\xff\xd9"].concat();
    for (file, expected) in [
        (&thumbnail, true),
        (&with_two_eoi, true),
        (&[&thumbnail, &b"behind"[..]].concat(), false),
        (&thumbnail[..thumbnail.len() - 2].to_vec(), false),
    ] {
        let (_, is_certain) = check_ends(file, "a.jpg", "", None);
        assert_eq!(is_certain, expected);
    }
}

#[test]
fn rejects_compound_file_that_is_cut() {
    let file = ole::document("WordDocument");
    for cut in [20, file.len() / 4, file.len() / 2].map(|length| &file[..length]) {
        assert_eq!(format(cut, "a.doc"), Err(Rejected::Truncated));
    }
}

#[test]
fn accepts_what_decoders_read_to_the_end() {
    let jpeg = jpeg::square();
    let without_eoi = &jpeg[..jpeg.len() - 2];
    let behind_png = [png::dot(), vec![0; 5000]].concat();
    let behind_header = [b"\xef\xbb\xbf\n", &pdf::empty()[..]].concat();
    let pdf = pdf::empty();
    let cut_trailer = &pdf[..pdf.len() - 4];
    // The samples are there, and the last box claims more than there is.
    let mut movie = movie(*b"isom", Track::video());
    movie.extend(b"\0\0\x10\0mdat samples");
    let cases: [(&[u8], Format); 5] = [
        (without_eoi, Format::Jpeg),
        (&behind_png, Format::Png),
        (&behind_header, Format::Pdf),
        (cut_trailer, Format::Pdf),
        (&movie, Format::Mp4),
    ];
    for (file, expected) in cases {
        assert_eq!(format(file, "a"), Ok(expected));
    }
}

#[test]
fn every_sample_that_is_accepted_can_be_prepared() {
    for (name, file) in all() {
        if let Ok(checked) = check(&file, name, "", None) {
            let outcome = prepared(&file, None);
            assert!(
                !matches!(outcome, Prepared::Refused(_)),
                "{name} {checked:?} {outcome:?}"
            );
        }
    }
}

/// A sample that is cut, or has something behind it.
fn altered() -> impl Strategy<Value = Sample> {
    let behind = select(vec![&b""[..], b"\0\0\0", b"\n", b"some words", b"\xff\xd9"]);
    (select(all()), any::<Option<Index>>(), behind).prop_map(|((name, mut file), cut, behind)| {
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        (name, [&file, behind].concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn accepts_what_is_prepared((_, file) in altered()) {
        if let Prepared::Planned { media_type, format, plan } = prepared(&file, None) {
            let made = plan.apply(&file).expect("slices of the file");
            let name = format.file_name(media_type, "a");
            let checked = check(&made, &name, format.mime(), Some(media_type));
            prop_assert_eq!(checked, Ok((media_type, format)));
            let checked = check(&made, &name, format.mime(), None);
            prop_assert_eq!(checked, Ok((media_type, format)));
        }
    }

    #[test]
    fn what_is_accepted_can_be_prepared((name, file) in altered(), wanted in option::of(select(MediaType::ALL.to_vec()))) {
        // A JPEG that is cut in its header and ends with EOI is no picture, which nobody's file is.
        let ends_early = file.starts_with(b"\xff\xd8") && file.ends_with(b"\xff\xd9");
        let checked = check(&file, name, "", wanted);
        if let Some(checked) = checked.ok().filter(|_| !ends_early) {
            let outcome = prepared(&file, wanted);
            let refused = matches!(outcome, Prepared::Refused(_));
            prop_assert!(!refused, "{} {:?} {:?}", name, checked, outcome);
        }
    }

    #[test]
    fn rejects_only_what_an_inspection_rejects((name, file) in altered()) {
        let report = inspect_bytes(&file);
        let is_whole = !report.truncated && report.malformed.is_none();
        if let Some(media_type) = report.media_type.filter(|_| is_whole) {
            let checked = check(&file, name, report.format.mime(), Some(media_type));
            prop_assert!(checked.is_ok(), "{} {:?} {:?}", name, checked, report);
        }
    }
}

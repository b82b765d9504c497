//! One judgement: what is prepared can be uploaded, and what can be uploaded can be
//! prepared.

use divar_media::{
    Accepted, Format, MediaType, Preparation, PrepareOptions, Prepared, Progress, QUICK_HEAD_BYTES,
    Rejected, TAIL_BYTES, UploadCheck, quick_check,
};
use divar_media_samples::{all, jpeg, ole, pdf, zip};
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn check(file: &[u8], name: &str, wanted: Option<MediaType>) -> Result<Accepted, Rejected> {
    let mut check = UploadCheck::new(file.len() as u64, name, wanted);
    loop {
        match check.step() {
            Progress::Done(outcome) => return outcome,
            Progress::Need(range) => {
                let from = usize::try_from(range.offset).expect("small");
                check.add(range.offset, file[from..from + range.length].to_vec());
            }
        }
    }
}

fn quick(file: &[u8]) -> Option<Accepted> {
    let head = &file[..file.len().min(QUICK_HEAD_BYTES)];
    let tail = &file[file.len().saturating_sub(TAIL_BYTES)..];
    quick_check(head, tail, "a", None)
}

fn prepared(file: &[u8]) -> Prepared {
    let options = PrepareOptions {
        media_type: None,
        longest_edge: None,
        max_bytes: None,
        keep_metadata: false,
        can_draw: true,
    };
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

#[test]
fn office_document_gets_the_name_of_its_content() {
    let name = |file: &[u8], name| check(file, name, None).map(|it| it.file_name);
    let docx = zip::office("word/document.xml");
    for wrong in [
        "a.xlsx",
        "a.doc",
        "a",
        "a.docx\u{200f}",
        "a.docx ",
        "a.docm",
    ] {
        assert_eq!(name(&docx, wrong), Ok("a.docx".to_owned()), "{wrong}");
    }
    assert_eq!(name(&docx, ""), Ok("file.docx".to_owned()));
    let xls = ole::small_directory();
    assert_eq!(name(&xls, "a.docx"), Ok("a.xls".to_owned()));
}

#[test]
fn rejects_what_divar_does_not_take_as_it_is() {
    let of = |name: &str| {
        let all = all();
        let (_, file) = all
            .iter()
            .find(|(known, _)| *known == name)
            .expect("a sample");
        check(file, name, None).map(|it| it.format)
    };
    for name in [
        "lossy.webp",
        "dot.gif",
        "picture.heic",
        "film.webm",
        "positions.mov",
        "plain.zip",
    ] {
        assert_eq!(of(name), Err(Rejected::UnsupportedFormat(None)), "{name}");
    }
    assert_eq!(of("cut.pdf"), Err(Rejected::Truncated));
    assert_eq!(of("sound.3gp"), Ok(Format::ThreeGp));
    assert_eq!(of("sound-fragments.mp4"), Ok(Format::M4a));
}

#[test]
fn rejects_another_media_type_than_the_wanted_one() {
    let wanted = |wanted| check(&pdf::empty(), "a.pdf", Some(wanted)).map(|it| it.media_type);
    assert_eq!(wanted(MediaType::File), Ok(MediaType::File));
    assert_eq!(wanted(MediaType::Image), Err(Rejected::OtherMediaType));
}

#[test]
fn quick_check_accepts_pictures_and_pdf_by_their_ends() {
    for (name, file) in all() {
        if let Some(accepted) = quick(&file) {
            assert_eq!(check(&file, "a", None), Ok(accepted), "{name}");
        }
    }
    assert_eq!(
        quick(&jpeg::square()).map(|it| it.format),
        Some(Format::Jpeg)
    );
    assert_eq!(quick(&pdf::empty()).map(|it| it.format), Some(Format::Pdf));
    assert_eq!(quick(&jpeg::square()[..60]), None);
}

/// A sample that is cut, or has something behind it.
fn altered() -> impl Strategy<Value = Vec<u8>> {
    let behind = select(vec![&b""[..], b"\0\0\0", b"\n", b"some words", b"\xff\xd9"]);
    (select(all()), any::<Option<Index>>(), behind).prop_map(|((_, mut file), cut, behind)| {
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        [&file, behind].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn accepts_what_is_prepared_and_prepares_what_it_accepts(file in altered()) {
        let outcome = prepared(&file);
        if let Ok(accepted) = check(&file, "a", None) {
            prop_assert!(!matches!(outcome, Prepared::Refused(_)), "{:?} {:?}", accepted, outcome);
        }
        if let Prepared::Planned { media_type, format, plan } = outcome {
            let made = plan.apply(&file).expect("slices of the file");
            let accepted = check(&made, "a", Some(media_type));
            prop_assert_eq!(accepted.map(|it| it.format), Ok(format));
        }
    }
}

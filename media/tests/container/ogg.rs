use divar_media::Format::Ogg;
use divar_media::Private::{Device, Text, Thumbnail, Time};
use divar_media::TrackKind::{Audio, Video};
use divar_media_samples::ogg::{
    BEGIN, END, OPUS_HEAD, comments, opus, page, theora, two_streams, vorbis,
};

use super::{found, plays, tracks};

#[test]
fn duration_of_opus_excludes_the_pre_skip() {
    let found = found(&opus(&[]));
    assert_eq!(found.format, Ogg);
    assert_eq!(tracks(&found), [(Audio, "opus")]);
    plays(&found, 1.0);
    assert!(!found.truncated && found.private.is_empty());
}

#[test]
fn duration_of_vorbis_uses_its_rate() {
    let found = found(&vorbis());
    assert_eq!(tracks(&found), [(Audio, "vorbis")]);
    assert_eq!(found.private, [Text]);
    plays(&found, 0.5);
}

#[test]
fn counts_theora_frames() {
    let found = found(&theora());
    assert_eq!(tracks(&found), [(Video, "theora")]);
    assert_eq!((found.width, found.height), (Some(32), Some(16)));
    plays(&found, 1.0);
}

#[test]
fn duration_is_that_of_the_first_stream() {
    let found = found(&two_streams());
    assert_eq!(tracks(&found), [(Audio, "flac"), (Audio, "speex")]);
    assert_eq!(found.private, [Time]);
    plays(&found, 2.0);
}

#[test]
fn reports_comments_by_category() {
    let said = found(&opus(&["TITLE=A title", "encoder=A program"])).private;
    assert_eq!(said, [Device, Text]);
    let picture = ["METADATA_BLOCK_PICTURE=", &"A".repeat(5000)].concat();
    assert_eq!(found(&opus(&[&picture])).private, [Thumbnail]);
}

#[test]
fn finds_the_last_page_behind_a_long_one() {
    let file = [
        page(BEGIN, 0, 7, OPUS_HEAD),
        page(0, 0, 7, &comments(b"OpusTags", &[])),
        page(END, 96_312, 7, &vec![0; 60_000]),
    ];
    plays(&found(&file.concat()), 2.0);
}

#[test]
fn ignores_a_page_without_position() {
    let mut file = opus(&[]);
    file.extend(page(0, u64::MAX, 7, &[0]));
    plays(&found(&file), 1.0);
}

#[test]
fn reports_a_cut_page_as_truncated() {
    let file = opus(&[]);
    assert!(found(&file[..file.len() - 1]).truncated);
    assert!(found(&file[..20]).truncated);
}

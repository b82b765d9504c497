use divar_media::Format::Ogg;
use divar_media::Private::{Device, Text, Thumbnail, Time};
use divar_media::TrackKind::{Audio, Video};
use divar_media_samples::ogg::{
    BEGIN, END, OPUS_HEAD, comments, opus, page, theora, two_streams, vorbis,
};

use super::{found, plays, tracks};

#[test]
fn opus_plays_without_what_is_skipped() {
    let found = found(&opus(&[]));
    assert_eq!(found.format, Ogg);
    assert_eq!(tracks(&found), [(Audio, "opus")]);
    plays(&found, 1.0);
    assert!(!found.truncated && found.private.is_empty());
}

#[test]
fn vorbis_plays_at_its_own_rate() {
    let found = found(&vorbis());
    assert_eq!(tracks(&found), [(Audio, "vorbis")]);
    assert_eq!(found.private, [Text]);
    plays(&found, 0.5);
}

#[test]
fn theora_s_pictures_are_counted() {
    let found = found(&theora());
    assert_eq!(tracks(&found), [(Video, "theora")]);
    assert_eq!((found.width, found.height), (Some(32), Some(16)));
    plays(&found, 1.0);
}

#[test]
fn the_first_stream_tells_the_duration() {
    let found = found(&two_streams());
    assert_eq!(tracks(&found), [(Audio, "flac"), (Audio, "speex")]);
    assert_eq!(found.private, [Time]);
    plays(&found, 2.0);
}

#[test]
fn comments_are_told_apart() {
    let said = found(&opus(&["TITLE=A title", "encoder=A program"])).private;
    assert_eq!(said, [Device, Text]);
    let picture = ["METADATA_BLOCK_PICTURE=", &"A".repeat(5000)].concat();
    assert_eq!(found(&opus(&[&picture])).private, [Thumbnail]);
}

#[test]
fn the_last_page_is_found_behind_a_long_one_too() {
    let file = [
        page(BEGIN, 0, 7, OPUS_HEAD),
        page(0, 0, 7, &comments(b"OpusTags", &[])),
        page(END, 96_312, 7, &vec![0; 60_000]),
    ];
    plays(&found(&file.concat()), 2.0);
}

#[test]
fn a_page_on_which_nothing_ends_tells_no_time() {
    let mut file = opus(&[]);
    file.extend(page(0, u64::MAX, 7, &[0]));
    plays(&found(&file), 1.0);
}

#[test]
fn a_file_that_ends_within_a_page_was_cut() {
    let file = opus(&[]);
    assert!(found(&file[..file.len() - 1]).truncated);
    assert!(found(&file[..20]).truncated);
}

use divar_media::Format::Wav;
use divar_media::Private::{Device, Text, Trailing};
use divar_media::TrackKind::Audio;
use divar_media_samples::wav::{chunk, file, format, silence, streamed, titled};

use super::{found, plays, tracks};

#[test]
fn the_duration_is_of_the_data_and_not_of_the_file() {
    let found = found(&silence());
    assert_eq!(found.format, Wav);
    assert_eq!(tracks(&found), [(Audio, "pcm")]);
    plays(&found, 0.125);
    assert!(!found.truncated && found.private.is_empty());
}

#[test]
fn what_was_recorded_without_lengths_is_whole() {
    let found = found(&streamed());
    plays(&found, 0.125);
    assert!(!found.truncated);
}

#[test]
fn a_title_and_a_program_are_told_of() {
    let found = found(&titled());
    assert_eq!(found.private, [Device, Text]);
    assert_eq!(tracks(&found), [(Audio, "alaw")]);
    plays(&found, 0.01);
}

#[test]
fn a_file_that_was_cut_plays_what_is_left() {
    let found = found(&silence()[..544]);
    assert!(found.truncated);
    plays(&found, 0.0625);
}

#[test]
fn what_lies_behind_the_end_is_told_of() {
    let file = [silence(), b"more".to_vec()].concat();
    assert_eq!(found(&file).private, [Trailing]);
}

#[test]
fn a_format_that_stands_for_another_is_that_one() {
    let mut body = format(0xfffe, 32)[8..].to_vec();
    body.extend([22, 0, 32, 0, 4, 0, 0, 0, 3, 0]);
    body.extend([0; 14]);
    let file = file(&[chunk(b"fmt ", &body), chunk(b"data", &[0; 4])]);
    assert_eq!(tracks(&found(&file)), [(Audio, "float")]);
}

#[test]
fn a_rate_of_nothing_gives_no_duration() {
    let mut file = silence();
    file[28..32].fill(0);
    assert_eq!(found(&file).duration, None);
}

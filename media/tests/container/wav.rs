use divar_media::Format::Wav;
use divar_media::Private::{Device, Text, Trailing};
use divar_media::TrackKind::Audio;
use divar_media_samples::wav::{chunk, file, format, silence, streamed, titled};

use super::{found, plays, tracks};

#[test]
fn duration_is_that_of_the_data_chunk() {
    let found = found(&silence());
    assert_eq!(found.format, Wav);
    assert_eq!(tracks(&found), [(Audio, "pcm")]);
    plays(&found, 0.125);
    assert!(!found.truncated && found.private.is_empty());
}

#[test]
fn accepts_a_recording_without_lengths() {
    let found = found(&streamed());
    plays(&found, 0.125);
    assert!(!found.truncated);
}

#[test]
fn reports_title_and_program() {
    let found = found(&titled());
    assert_eq!(found.private, [Device, Text]);
    assert_eq!(tracks(&found), [(Audio, "alaw")]);
    plays(&found, 0.01);
}

#[test]
fn duration_of_a_cut_file_is_what_is_left() {
    let found = found(&silence()[..544]);
    assert!(found.truncated);
    plays(&found, 0.0625);
}

#[test]
fn reports_bytes_behind_the_riff_chunk() {
    let file = [silence(), b"more".to_vec()].concat();
    assert_eq!(found(&file).private, [Trailing]);
}

#[test]
fn reads_the_format_of_an_extensible_one() {
    let mut body = format(0xfffe, 32)[8..].to_vec();
    body.extend([22, 0, 32, 0, 4, 0, 0, 0, 3, 0]);
    body.extend([0; 14]);
    let file = file(&[chunk(b"fmt ", &body), chunk(b"data", &[0; 4])]);
    assert_eq!(tracks(&found(&file)), [(Audio, "float")]);
}

#[test]
fn zero_rate_gives_no_duration() {
    let mut file = silence();
    file[28..32].fill(0);
    assert_eq!(found(&file).duration, None);
}

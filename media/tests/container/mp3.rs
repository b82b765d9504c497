use divar_media::Format::{Mp3, Unknown};
use divar_media::Private::{Device, Text, Thumbnail};
use divar_media::TrackKind::Audio;
use divar_media_samples::mp3::{frames, id3, id3_frame, id3v1, tag, vbri, xing};

use super::{found, plays, tracks};

const FRAME: f64 = 1152.0 / 44_100.0;

#[test]
fn computes_duration_of_a_constant_bit_rate() {
    let found = found(&frames(50));
    assert_eq!(found.format, Mp3);
    assert_eq!(tracks(&found), [(Audio, "mp3")]);
    // 104 bytes at 4000 a second: what is left out of the frame's length is a half of a percent.
    plays(&found, 50.0 * 104.0 / 4000.0);
    assert!(!found.truncated && found.private.is_empty());
}

#[test]
fn computes_duration_of_a_frame_count() {
    plays(&found(&[xing(1000, 0), frames(2)].concat()), 1000.0 * FRAME);
    plays(&found(&[vbri(1000, 0), frames(2)].concat()), 1000.0 * FRAME);
}

#[test]
fn reports_fewer_bytes_than_counted_as_truncated() {
    assert!(!found(&[xing(2, 312), frames(2)].concat()).truncated);
    assert!(found(&[xing(2, 313), frames(2)].concat()).truncated);
    assert!(found(&[vbri(2, 313), frames(2)].concat()).truncated);
}

#[test]
fn reports_tags_and_excludes_them_from_the_duration() {
    let plain = found(&frames(50)).duration;
    let tagged = found(&[tag(), frames(50), id3v1()].concat());
    assert_eq!(tagged.private, [Device, Text, Thumbnail]);
    assert_eq!(tagged.duration, plain);
    let mut ape = b"APETAGEX".to_vec();
    ape.extend(2000_u32.to_le_bytes());
    ape.extend(32_u32.to_le_bytes());
    ape.resize(32, 0);
    let tagged = found(&[frames(50), ape].concat());
    assert_eq!((tagged.private, tagged.duration), (vec![Text], plain));
}

#[test]
fn reports_an_overlong_tag_as_truncated() {
    let found = found(&tag()[..40]);
    assert!(found.truncated);
    assert_eq!(found.format, Mp3);
}

#[test]
fn reads_synchsafe_lengths_of_version_4() {
    let mut long = id3_frame(b"TPE1", &[b'a'; 200]);
    long[4..8].copy_from_slice(&[0, 0, 1, 72]);
    let picture = id3_frame(b"APIC", b"");
    let file = [id3(4, &[long, picture].concat()), frames(2)].concat();
    assert_eq!(found(&file).private, [Text, Thumbnail]);
}

#[test]
fn tag_in_front_of_anything_else_is_no_mp3() {
    let other = [tag(), vec![0; 100]].concat();
    assert_eq!(found(&other).format, Unknown);
}

use divar_media::Format::{Matroska, Unknown, WebM};
use divar_media::Private::{Device, Location, Other, Text, Time};
use divar_media::TrackKind::{Audio, Video};
use divar_media::{Inspector, Progress};
use divar_media_samples::matroska::{
    SEGMENT, UNKNOWN, cluster, element, header, info, movie, recorded, tagged, tracks,
};

use super::{found, plays};

#[test]
fn reads_size_duration_and_tracks() {
    let found = found(&movie());
    assert_eq!(found.format, WebM);
    assert_eq!((found.width, found.height), (Some(320), Some(240)));
    let both = [(Video, "V_VP9"), (Audio, "A_OPUS")];
    assert_eq!(super::tracks(&found), both);
    plays(&found, 1.5);
    assert_eq!(found.private, [Device]);
    assert!(!found.truncated && found.malformed.is_none());
}

#[test]
fn accepts_what_a_browser_recorded() {
    let found = found(&recorded());
    assert_eq!(found.tracks.len(), 2);
    assert_eq!(found.duration, None);
    assert!(!found.truncated && found.malformed.is_none());
}

#[test]
fn document_type_decides_the_format() {
    let of = |kind| found(&[header(kind), element(SEGMENT, &tracks())].concat()).format;
    assert_eq!(of("matroska"), Matroska);
    assert_eq!(of("webm"), WebM);
    assert_eq!(of("webmx"), Unknown);
}

#[test]
fn finds_tags_behind_the_clusters() {
    let private = |names: &[&str]| found(&tagged(names)).private;
    assert_eq!(private(&["LOCATION"]), [Location, Device]);
    assert_eq!(private(&["DATE_RECORDED", "TITLE"]), [Time, Device, Text]);
    assert_eq!(private(&["DURATION"]), [Device]);
}

#[test]
fn reports_attachments() {
    let parts = [tracks(), element(b"\x19\x41\xa4\x69", b"")].concat();
    let file = [header("webm"), element(SEGMENT, &parts)].concat();
    assert_eq!(found(&file).private, [Other]);
}

#[test]
fn reports_an_overlong_segment_as_truncated() {
    let file = movie();
    let cut = found(&file[..file.len() - 1]);
    assert!(cut.truncated);
    assert_eq!(cut.tracks.len(), 2);
    let parts = [info(None), tracks(), cluster()].concat();
    let open = [&header("webm"), SEGMENT, UNKNOWN, &parts].concat();
    assert!(!found(&open).truncated);
    assert!(found(&open[..open.len() - 1]).truncated);
}

#[test]
fn ignores_durations_that_are_no_times() {
    for duration in [f64::NAN, f64::INFINITY, -1.0] {
        let file = [header("webm"), element(SEGMENT, &info(Some(duration)))].concat();
        assert_eq!(found(&file).duration, None);
    }
}

#[test]
fn reports_an_element_longer_than_its_parent() {
    let mut tracks = tracks();
    tracks[11] += 1;
    let wrong = [tracks, cluster()].concat();
    let file = [header("webm"), element(SEGMENT, &wrong)].concat();
    assert!(found(&file).malformed.is_some());
}

#[test]
fn reads_the_smallest_elements_with_a_step_a_byte() {
    // 150 elements of an unknown id and no content (RFC 8794, 4 to 6) in a header of 300 bytes.
    let file = [&b"\x1a\x45\xdf\xa3\x41\x2c"[..], &[0x80; 300]].concat();
    let mut inspector = Inspector::new(file.len() as u64);
    while let Progress::Need(range) = inspector.run() {
        let from = usize::try_from(range.offset).expect("small");
        inspector.add(range.offset, file[from..from + range.length].to_vec());
    }
    let (steps, bytes) = (inspector.file().steps(), inspector.file().bytes_read());
    assert!(steps <= bytes + 32, "{steps} steps for {bytes} bytes");
}

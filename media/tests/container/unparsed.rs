//! Movies and sound that are recognised only.

use divar_media::Format::{Aac, Amr, Avi, Flac, MpegTs, Unknown};
use divar_media::MediaType::{Video, Voice};
use divar_media::TrackKind::Audio;
use divar_media::{Format, MediaType};
use divar_media_samples::mp3::tag;

use super::{found, tracks};

/// A frame of AAC in ADTS with this many bytes of sound.
fn adts(sound: u8) -> Vec<u8> {
    let length = sound + 7;
    let header = [
        0xff,
        0xf1,
        0x50,
        0x80,
        length >> 3,
        length << 5 | 0x1f,
        0xfc,
    ];
    [&header[..], &vec![0; sound.into()]].concat()
}

/// Packets of MPEG-2 TS, each with `prefix` in front.
fn packets(prefix: &[u8], count: usize) -> Vec<u8> {
    let mut packet = [0; 188];
    packet[0] = 0x47;
    [prefix, &packet].concat().repeat(count)
}

fn media_type(format: Format) -> Option<MediaType> {
    format.info().media_type
}

#[test]
fn recognises_sound_by_its_first_bytes() {
    for (file, format, codec) in [
        ([b"fLaC".to_vec(), vec![0; 40]].concat(), Flac, "flac"),
        (b"#!AMR\n\x3c\0\0\0".to_vec(), Amr, "amr"),
        (b"#!AMR-WB\n\x3c\0\0\0".to_vec(), Amr, "amr"),
        ([adts(20), adts(90)].concat(), Aac, "aac"),
        (adts(200), Aac, "aac"),
    ] {
        let found = found(&file);
        assert_eq!((found.format, media_type(format)), (format, Some(Voice)));
        assert_eq!(tracks(&found), [(Audio, codec)]);
        assert_eq!(found.media_type, None);
    }
}

#[test]
fn recognises_movies_by_their_first_bytes() {
    let avi = [b"RIFF\x40\0\0\0AVI LIST".to_vec(), vec![0; 40]].concat();
    let cameras = packets(&[0, 0, 0, 1], 6);
    for (file, format) in [(avi, Avi), (packets(&[], 6), MpegTs), (cameras, MpegTs)] {
        let found = found(&file);
        assert_eq!((found.format, media_type(format)), (format, Some(Video)));
        assert_eq!((found.media_type, found.tracks.len()), (None, 0));
    }
}

#[test]
fn recognises_sound_behind_an_id3_tag() {
    let flac = [tag(), b"fLaC".to_vec(), vec![0; 100]].concat();
    assert_eq!(found(&flac).format, Flac);
    let aac = [tag(), adts(20), adts(90)].concat();
    let found = found(&aac);
    assert_eq!((found.format, tracks(&found)), (Aac, vec![(Audio, "aac")]));
}

#[test]
fn similar_bytes_are_none_of_them() {
    for file in [
        // No second frame where the first one ends.
        [adts(20), vec![0; 20]].concat(),
        // Too short for its own header, no such sample rate, another layer.
        [0xff, 0xf1, 0x50, 0x80, 0, 0, 0].repeat(9),
        [0xff, 0xf1, 0x74, 0x80, 1, 0x1f, 0xfc].repeat(9),
        [0xff, 0xfd, 0x50, 0x80, 1, 0x1f, 0xfc].repeat(9),
        // Four packets only, and a text.
        packets(&[], 4),
        b"Good morning".repeat(100),
        b"#!AMR without a line".to_vec(),
    ] {
        assert_eq!(found(&file).format, Unknown, "{:?}", &file[..8]);
    }
}

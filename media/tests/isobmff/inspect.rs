//! Inspecting movies, recordings and pictures made of boxes.

use super::found;
use divar_media::MediaType;
use divar_media::{Format, Private, TrackKind};
use divar_media_samples::exif::Exif;
use divar_media_samples::isobmff::{
    Movie, PLACE, Picture, Track, boxed, clap, ispe, picture, user_data, video_entry,
};

fn both() -> Vec<Track> {
    vec![Track::video(), Track::audio()]
}

#[test]
fn reads_tracks_size_and_duration() {
    let found = found(&Movie::new(b"isom", both()).file());
    assert_eq!(found.format, Format::Mp4);
    assert_eq!(found.media_type, Some(MediaType::Video));
    assert_eq!((found.width, found.height), (Some(640), Some(480)));
    assert_eq!(found.orientation, Some(1));
    assert_eq!(found.duration, Some(8.0));
    let tracks: Vec<_> = found
        .tracks
        .iter()
        .map(|track| (track.kind, &track.codec[..]))
        .collect();
    assert_eq!(
        tracks,
        [(TrackKind::Video, "avc1"), (TrackKind::Audio, "mp4a")]
    );
    assert_eq!(found.private, []);
    assert!(!found.truncated);
    assert_eq!(found.malformed, None);
}

#[test]
fn brands_and_tracks_decide_the_format() {
    let of = |brand, tracks| {
        let found = found(&Movie::new(brand, tracks).file());
        (found.format, found.media_type)
    };
    let sound = || vec![Track::audio()];
    assert_eq!(of(b"qt  ", both()), (Format::Mov, None));
    assert_eq!(of(b"mp42", sound()), (Format::M4a, Some(MediaType::Voice)));
    assert_eq!(of(b"M4A ", sound()), (Format::M4a, Some(MediaType::Voice)));
    assert_eq!(
        of(b"3gp5", sound()),
        (Format::ThreeGp, Some(MediaType::Voice))
    );
    // A video does not suit voice notes, whatever the brand says.
    assert_eq!(of(b"3gp5", both()), (Format::ThreeGp, None));
    assert_eq!(of(b"M4A ", both()), (Format::M4a, None));
    let mut old = Movie::new(b"qt  ", both());
    old.brand = None;
    assert_eq!(found(&old.file()).format, Format::Mov);
}

#[test]
fn adds_up_the_duration_of_fragments() {
    let movie = Movie::new(b"iso5", vec![Track::audio()]);
    assert_eq!(found(&movie.fragmented()).duration, Some(8.0));
}

#[test]
fn reports_metadata_of_a_movie() {
    let private = |movie: Movie| found(&movie.file()).private;
    let plain = Movie::new(b"isom", both());
    assert_eq!(
        private(plain.clone().private()),
        [
            Private::Location,
            Private::Time,
            Private::Device,
            Private::Xmp,
            Private::Text,
            Private::Other
        ]
    );
    let with = |track| {
        let mut tracks = both();
        tracks.push(track);
        private(Movie::new(b"isom", tracks))
    };
    assert_eq!(with(Track::positions()), [Private::Location]);
    assert_eq!(with(Track::subtitles()), [Private::Text]);
    let keys = boxed(b"keys", &[&[0; 8], &boxed(b"mdta", &[b"location.name"])]);
    assert_eq!(
        with(Track::new(*b"meta", boxed(b"mebx", &[&[0; 8], &keys]))),
        [Private::Location]
    );
    assert_eq!(
        with(Track::new(*b"tmcd", boxed(b"tmcd", &[&[0; 8]]))),
        [Private::Time]
    );
    let mut in_track = plain.clone();
    in_track.tracks[1].more = user_data();
    assert_eq!(
        private(in_track),
        [Private::Location, Private::Device, Private::Text]
    );
    let mut encoder = plain;
    let mut entry = video_entry(b"avc1");
    entry[51..57].copy_from_slice(b"Camera");
    encoder.tracks[0].entry = entry;
    assert_eq!(private(encoder), [Private::Device]);
}

#[test]
fn reports_free_space_that_is_not_empty() {
    let with = |content: &[u8]| {
        let mut movie = Movie::new(b"isom", both());
        movie.beside = boxed(b"free", &[content]);
        found(&movie.file()).private
    };
    assert_eq!(with(&[0; 100]), []);
    assert_eq!(with(PLACE), [Private::Other]);
}

#[test]
fn reads_orientation_from_the_matrix() {
    let turned = |a: i32, b: i32, c: i32, d: i32| {
        let mut file = Movie::new(b"isom", vec![Track::video()]).file();
        let tkhd = file
            .windows(4)
            .position(|name| name == b"tkhd")
            .expect("a header");
        for (place, value) in [(0, a), (4, b), (12, c), (16, d)] {
            let at = tkhd + 44 + place;
            file[at..at + 4].copy_from_slice(&(value << 16).to_be_bytes());
        }
        found(&file).orientation
    };
    assert_eq!(turned(0, 1, -1, 0), Some(6));
    assert_eq!(turned(-1, 0, 0, -1), Some(3));
    assert_eq!(turned(0, -1, 1, 0), Some(8));
    assert_eq!(turned(-1, 0, 0, 1), Some(2));
    assert_eq!(turned(1, 1, -1, 1), None);
}

#[test]
fn reports_a_cut_movie_as_truncated() {
    let file = Movie::new(b"isom", both()).file();
    let cut = found(&file[..file.len() - 1]);
    assert!(cut.truncated);
    assert_eq!(cut.tracks.len(), 2);
    let mut last = Movie::new(b"isom", both());
    last.index_first = false;
    let file = last.file();
    let data = file
        .windows(4)
        .position(|name| name == b"moov")
        .expect("an index")
        - 4;
    assert!(found(&file[..data]).truncated);
}

#[test]
fn reports_trailing_bytes() {
    let mut file = Movie::new(b"isom", both()).file();
    file.extend_from_slice(b"+35.6892+051.3890/ is no box");
    let found = found(&file);
    assert_eq!(found.private, [Private::Trailing]);
    assert!(!found.truncated);
}

#[test]
fn reads_a_picture_without_primary_item() {
    let heic = found(&picture(b"heic"));
    assert_eq!(heic.format, Format::Heic);
    assert_eq!(heic.media_type, None);
    assert_eq!((heic.width, heic.height), (Some(64), Some(48)));
    assert_eq!(heic.orientation, Some(6));
    assert_eq!(heic.private, [Private::Exif, Private::Thumbnail]);
    assert!(!heic.animated);
    assert_eq!(found(&picture(b"avif")).format, Format::Avif);
    assert_eq!(found(&picture(b"mif1")).format, Format::Heic);
}

#[test]
fn size_and_orientation_of_a_picture_are_those_of_its_primary_item() {
    let irot = |angle| boxed(b"irot", &[&[angle]]);
    let mut file = Picture::new();
    file.primary = vec![ispe(452, 462), clap(451, 461), irot(3)];
    file.thumbnail = vec![ispe(2000, 2000), irot(3)];
    let found = super::found(&file.file());
    assert_eq!((found.width, found.height), (Some(451), Some(461)));
    assert_eq!(found.orientation, Some(6));
    assert_eq!(found.largest_frame, Some((2000, 2000)));
    file.primary.pop();
    assert_eq!(super::found(&file.file()).orientation, Some(1));
}

#[test]
fn turn_and_mirror_of_a_picture_apply_in_their_order() {
    let irot = |angle| boxed(b"irot", &[&[angle]]);
    let imir = |axis| boxed(b"imir", &[&[axis]]);
    for (transforms, orientation) in [
        (vec![irot(1)], 8),
        (vec![imir(1)], 2),
        (vec![imir(0)], 4),
        (vec![irot(1), imir(0)], 5),
        (vec![imir(1), irot(1)], 5),
        (vec![irot(2), imir(1)], 4),
    ] {
        let mut file = Picture::new();
        file.primary.extend(transforms);
        assert_eq!(found(&file.file()).orientation, Some(orientation));
    }
}

#[test]
fn exif_and_xmp_of_a_picture_are_read() {
    let mut file = Picture::new();
    file.exif = Exif {
        orientation: Some(6),
        device: true,
        time: true,
        location: true,
        ..Exif::default()
    }
    .tiff();
    let found = super::found(&file.file());
    assert_eq!(
        found.private,
        [
            Private::Location,
            Private::Time,
            Private::Device,
            Private::Exif,
            Private::Thumbnail
        ]
    );
    // Decoders turn it by `irot`, and not by Exif.
    assert_eq!(found.orientation, Some(1));

    let mut file = Picture::new();
    file.xmp = b"<x exif:GPSLatitude='35,41N' tiff:Make='maker' xmp:CreateDate='2026'/>".to_vec();
    assert_eq!(
        super::found(&file.file()).private,
        [
            Private::Location,
            Private::Time,
            Private::Device,
            Private::Xmp,
            Private::Thumbnail
        ]
    );
}

#[test]
fn compatible_brands_name_a_picture_where_the_major_one_does_not() {
    for (major, brands, format) in [
        (b"mif3", vec![*b"avif"], Format::Avif),
        (b"mif1", vec![[0; 4], *b"miaf", *b"avif"], Format::Avif),
        (b"MA1A", vec![[0; 4], *b"avif", *b"mif1"], Format::Avif),
        (b"MiHE", vec![[0; 4], *b"mif1", *b"heic"], Format::Heic),
    ] {
        let mut file = Picture::new();
        (file.brand, file.brands) = (*major, brands);
        let found = found(&file.file());
        assert_eq!((found.format, found.truncated), (format, false));
        assert_eq!(found.width, Some(64));
    }
    // A movie that names a picture's brand as well is a movie.
    let mut movie = Movie::new(b"isom", both()).file();
    movie[16..20].copy_from_slice(b"heic");
    assert_eq!(found(&movie).format, Format::Mp4);
}

#[test]
fn picture_in_the_short_form_tells_its_size() {
    // Alpha, an ICC profile, 256 by 256 (ISO/IEC 23008-12, `mini`).
    let mini = b"\x0c\x98\x80\xff\x01\xfe\x0a\x7e";
    let file = [
        boxed(b"ftyp", &[b"mif3avif"]),
        boxed(b"mini", &[mini, &[7; 90]]),
    ]
    .concat();
    let found = found(&file);
    assert_eq!((found.format, found.truncated), (Format::Avif, false));
    assert_eq!((found.width, found.height), (Some(256), Some(256)));
    assert!(found.alpha);
}

#[test]
fn duration_is_that_of_the_longest_track() {
    let mut movie = Movie::new(b"iso5", both());
    movie.tracks[0].samples.truncate(5);
    assert_eq!(found(&movie.fragmented()).duration, Some(8.0));
    movie.tracks.swap(0, 1);
    assert_eq!(found(&movie.fragmented()).duration, Some(8.0));
}

#[test]
fn recognises_quicktime_by_its_other_first_boxes() {
    let mut movie = Movie::new(b"qt  ", both());
    movie.brand = None;
    for kind in [b"skip", b"free", b"wide", b"pnot"] {
        let mut moved = movie.clone();
        moved.index_first = false;
        let first = boxed(kind, &[&[0; 12]]);
        // Nothing is decoded here: the chunk offsets need not be right.
        let found = found(&[first, moved.file()].concat());
        assert_eq!((found.format, found.truncated), (Format::Mov, false));
        assert_eq!(found.tracks.len(), 2);
    }
    assert_eq!(
        found(b"the wide world is no movie, nor is this").format,
        Format::Unknown
    );
}

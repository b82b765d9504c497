//! Rewriting them.

use super::reader::{at, bodies, number, tracks};
use super::{found, has, plan, rewritten};
use divar_media::MovieTarget::{Mp4, Voice};
use divar_media::{Change, Format, ParseError, Piece, Private};
use divar_media_samples::isobmff::{Movie, PLACE, Track, audio_entry, boxed, picture, video_entry};

fn both() -> Vec<Track> {
    vec![Track::video(), Track::audio()]
}

#[test]
fn leaves_a_movie_without_metadata_unchanged() {
    let file = Movie::new(b"isom", both()).file();
    let plan = plan(&file, Mp4, false).expect("a plan");
    assert_eq!(plan.format, Format::Mp4);
    assert_eq!(plan.changes, []);
    let to = file.len() as u64;
    assert_eq!(plan.pieces, [Piece::Slice { from: 0, to }]);
}

#[test]
fn duration_of_fragments_is_written_into_the_index() {
    let mut movie = Movie::new(b"iso5", both());
    movie.tracks[1].samples.truncate(5);
    let old = movie.fragmented();
    let (plan, new) = rewritten(&old, Mp4);
    assert_eq!(plan.changes, []);
    assert_eq!(tracks(&new), tracks(&old));
    assert_eq!(found(&new).duration, Some(8.0));
    let moov = at(&new, &[b"moov"]);
    assert_eq!(number(at(&new, &[b"moov", b"mvhd"]), 16), 8000);
    for (track, duration) in bodies(moov, *b"trak").into_iter().zip([8000, 5000]) {
        assert_eq!(number(bodies(track, *b"tkhd")[0], 20), duration);
        assert_eq!(number(at(track, &[b"mdia", b"mdhd"]), 16), duration);
    }
    let again = rewritten(&new, Mp4).1;
    assert_eq!(again, new);
}

#[test]
fn accepts_a_last_box_that_claims_too_much_if_no_sample_is_missing() {
    let claim = |mut file: Vec<u8>, more: u8| {
        let mdat = file
            .windows(4)
            .rposition(|name| name == b"mdat")
            .expect("data");
        file[mdat - 1] += more;
        file
    };
    for whole in [
        Movie::new(b"isom", both()).file(),
        Movie::new(b"iso5", both()).fragmented(),
    ] {
        let file = claim(whole.clone(), 8);
        assert!(!found(&file).truncated);
        assert_eq!(rewritten(&file, Mp4).1, rewritten(&whole, Mp4).1);
        let cut = &whole[..whole.len() - 1];
        assert!(found(cut).truncated);
        assert_eq!(plan(cut, Mp4, false), Err(ParseError::Truncated));
    }
}

#[test]
fn accepts_what_was_appended_by_programs_that_know_no_boxes() {
    let whole = Movie::new(b"isom", both()).file();
    let overlong = boxed(b"free", &[&[0; 56]]);
    for behind in [
        &overlong[..28],
        b"vivo{\"a\":1}",
        b"\0\0\0\x01gB\0\x1f\x96T\x02\x80\xb4",
    ] {
        let file = [&whole[..], behind].concat();
        assert!(!found(&file).truncated);
        assert_eq!(rewritten(&file, Mp4).1, whole);
    }
}

#[test]
fn rejects_protected_tracks() {
    for (codec, tracks) in [
        (
            b"encv",
            vec![Track::new(*b"vide", video_entry(b"encv")), Track::audio()],
        ),
        (
            b"enca",
            vec![Track::video(), Track::new(*b"soun", audio_entry(b"enca"))],
        ),
        (b"drms", vec![Track::new(*b"soun", audio_entry(b"drms"))]),
    ] {
        let target = if tracks.len() == 1 { Voice } else { Mp4 };
        let old = Movie::new(b"isom", tracks).file();
        let words = "it is protected against copying";
        for keep in [false, true] {
            let refused = plan(&old, target, keep);
            assert_eq!(refused, Err(ParseError::Unsupported(words)), "{codec:?}");
        }
        assert_eq!(found(&old).unsupported, Some(words));
        assert_eq!(found(&old).media_type, None);
    }
}

#[test]
fn rejects_an_index_without_samples() {
    let old = Movie::new(b"iso5", both()).fragmented();
    let moof = old
        .windows(4)
        .position(|name| name == b"moof")
        .expect("a fragment");
    let init = &old[..moof - 4];
    let words = "its index names no samples: there is nothing to play";
    assert_eq!(plan(init, Mp4, false), Err(ParseError::Unsupported(words)));
    assert_eq!(found(init).unsupported, Some(words));
}

#[test]
fn moves_the_index_to_the_front() {
    let mut movie = Movie::new(b"isom", both());
    (movie.index_first, movie.data_boxes) = (false, 3);
    for wide in [false, true] {
        movie.wide = wide;
        let old = movie.file();
        let (plan, new) = rewritten(&old, Mp4);
        assert_eq!(plan.changes, [Change::FastStart]);
        assert_eq!(tracks(&new), tracks(&old));
        let place = |name| {
            new.windows(4)
                .position(|bytes| bytes == name)
                .expect("a box")
        };
        assert!(place(b"moov") < place(b"mdat"));
    }
}

#[test]
fn removes_the_metadata_that_inspection_reports() {
    let movie = Movie::new(b"isom", both()).private();
    for old in [movie.file(), movie.fragmented()] {
        let (plan, new) = rewritten(&old, Mp4);
        assert_eq!(plan.changes, [Change::MetadataRemoved]);
        assert_eq!(plan.removed, found(&old).private);
        assert!(!has(&new, PLACE));
        assert_eq!(found(&new).private, []);
        assert_eq!(tracks(&new), tracks(&old));
    }
}

#[test]
fn removes_metadata_tracks_with_samples_and_references() {
    let mut movie = Movie::new(b"isom", both());
    movie.tracks.insert(1, Track::positions());
    movie.tracks.push(Track::subtitles());
    movie.tracks[0].more = boxed(b"tref", &[&boxed(b"cdsc", &[&[0, 0, 0, 2]])]);
    movie.data_boxes = 2;
    for old in [movie.file(), movie.fragmented()] {
        let (_, new) = rewritten(&old, Mp4);
        assert!(!has(&new, PLACE));
        assert!(!has(&new, b"cdsc"));
        let mut kept = tracks(&old);
        kept.retain(|(handler, _)| handler == b"vide" || handler == b"soun");
        assert_eq!(tracks(&new), kept);
    }
}

#[test]
fn overwrites_samples_of_removed_tracks_with_zeros() {
    let mut movie = Movie::new(b"isom", both());
    movie.tracks.push(Track::positions());
    let old = movie.file();
    let (plan, new) = rewritten(&old, Mp4);
    let zeros = plan.pieces.iter().map(|piece| match piece {
        Piece::Zeros(count) => *count,
        _ => 0,
    });
    assert_eq!(zeros.sum::<u64>(), 5 * PLACE.len() as u64);
    assert_eq!(at(&new, &[b"mdat"]).len(), at(&old, &[b"mdat"]).len());
}

#[test]
fn repackages_quicktime_as_mp4() {
    let mut movie = Movie::new(b"qt  ", vec![Track::video(), Track::quicktime_audio()]);
    let colour = boxed(b"colr", &[b"nclc", &[0, 1, 0, 2, 0, 3]]);
    let entry = video_entry(b"avc1");
    movie.tracks[0].entry = boxed(b"avc1", &[&entry[8..], &colour]);
    movie.tracks[0].more = boxed(b"tapt", &[&[0; 20]]);
    let old = movie.file();
    let (plan, new) = rewritten(&old, Mp4);
    assert_eq!(plan.format, Format::Mp4);
    assert_eq!(plan.changes, [Change::Repackaged]);
    assert_eq!(tracks(&new), tracks(&old));
    let looked = found(&new);
    assert_eq!((looked.format, looked.malformed), (Format::Mp4, None));
    assert!(has(&new, b"nclx\0\x01\0\x02\0\x03\0"));
    assert!(!has(&new, b"tapt") && !has(&new, b"wave"));
    // The sound is described as MP4 does it, with its setup directly inside.
    let track = bodies(at(&new, &[b"moov"]), *b"trak")[1];
    let stsd = at(track, &[b"mdia", b"minf", b"stbl", b"stsd"]);
    assert_eq!(bodies(&stsd[8..], *b"mp4a"), [&audio_entry(b"mp4a")[8..]]);
}

#[test]
fn rewrites_quicktime_audio_of_version_2() {
    let mut entry = Track::quicktime_audio().entry[..36].to_vec();
    entry[17] = 2;
    entry.extend_from_slice(&72_u32.to_be_bytes());
    entry.extend_from_slice(&48_000_f64.to_be_bytes());
    entry.extend_from_slice(&[0, 0, 0, 2]);
    entry.extend_from_slice(&[0; 20]);
    entry.extend_from_slice(&boxed(b"wave", &[&boxed(b"alac", &[&[7; 28]])]));
    let track = Track::new(*b"soun", boxed(b"alac", &[&entry[8..]]));
    let (plan, new) = rewritten(&Movie::new(b"qt  ", vec![track]).file(), Voice);
    assert_eq!(plan.format, Format::M4a);
    let stsd = at(
        &new,
        &[b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd"],
    );
    let entry = bodies(&stsd[8..], *b"alac")[0];
    assert_eq!(number(entry, 16), 2 << 16 | 16);
    assert_eq!(number(entry, 24), 48_000 << 16);
    assert_eq!(entry[28..], boxed(b"alac", &[&[7; 28]]));
}

#[test]
fn removes_a_second_audio_track_that_mp4_cannot_hold() {
    let spatial = Track::new(*b"soun", audio_entry(b"apac"));
    let movie = |tracks| Movie::new(b"qt  ", tracks).file();
    let (_, new) = rewritten(
        &movie(vec![Track::video(), Track::audio(), spatial.clone()]),
        Mp4,
    );
    assert_eq!(tracks(&new).len(), 2);
    let alone = plan(&movie(vec![Track::video(), spatial]), Mp4, false);
    assert_eq!(
        alone,
        Err(ParseError::Unsupported(
            "its sound's codec has no place in an MP4"
        ))
    );
}

#[test]
fn rejects_unsuitable_files_in_words() {
    let refused = |brand, tracks, target| plan(&Movie::new(brand, tracks).file(), target, false);
    let prores = || vec![Track::new(*b"vide", video_entry(b"apcn"))];
    for (outcome, words) in [
        (
            refused(b"isom", both(), Voice),
            "it is a video, not a voice note",
        ),
        (
            refused(b"M4A ", vec![Track::audio()], Mp4),
            "it is a voice note, not a video",
        ),
        (
            refused(b"isom", vec![Track::positions()], Mp4),
            "it has neither picture nor sound",
        ),
        (
            refused(b"qt  ", prores(), Mp4),
            "its picture's codec has no place in an MP4",
        ),
        (plan(&picture(b"heic"), Mp4, false), "it is a picture"),
    ] {
        assert_eq!(outcome, Err(ParseError::Unsupported(words)));
    }
}

#[test]
fn repackages_audio_as_m4a_and_keeps_3gp() {
    let movie = |brand| Movie::new(brand, vec![Track::audio()]);
    for old in [
        movie(b"isom").file(),
        movie(b"qt  ").file(),
        movie(b"iso5").fragmented(),
    ] {
        let (plan, new) = rewritten(&old, Voice);
        assert_eq!(plan.format, Format::M4a);
        assert_eq!(plan.changes, [Change::Repackaged]);
        assert_eq!(new[8..12], *b"M4A ");
        assert_eq!(tracks(&new), tracks(&old));
    }
    for (brand, kind) in [(b"M4A ", Format::M4a), (b"3gp6", Format::ThreeGp)] {
        let plan = plan(&movie(brand).file(), Voice, false).expect("a plan");
        assert_eq!((plan.format, plan.changes), (kind, vec![]));
    }
}

#[test]
fn repackages_3gp_video_as_mp4() {
    let (plan, new) = rewritten(&Movie::new(b"3gp6", both()).file(), Mp4);
    assert_eq!(plan.changes, [Change::Repackaged]);
    assert_eq!(new[8..12], *b"mp42");
}

#[test]
fn keeps_metadata_if_asked() {
    let mut movie = Movie::new(b"qt  ", vec![Track::video(), Track::positions()]).private();
    movie.index_first = false;
    let old = movie.file();
    let plan = plan(&old, Mp4, true).expect("a plan");
    assert_eq!(plan.changes, [Change::FastStart, Change::Repackaged]);
    assert_eq!(plan.removed, []);
    let new = plan.apply(&old).expect("slices of the old file");
    assert_eq!(tracks(&new), tracks(&old));
    assert!(has(&new, b"\xa9xyz") && has(&new, b"ISO6709") && has(&new, b"uuid"));
    // Only what was left over in padding is no metadata.
    let mut private = found(&old).private;
    private.pop();
    assert_eq!(found(&new).private, private);
}

#[test]
fn removes_handler_names() {
    let mut movie = Movie::new(b"isom", both());
    movie.tracks[1].name = b"GoPro AAC";
    for old in [movie.file(), movie.fragmented()] {
        let (plan, new) = rewritten(&old, Mp4);
        assert_eq!(plan.removed, [Private::Device]);
        assert!(!has(&new, b"GoPro"));
        assert_eq!(tracks(&new), tracks(&old));
    }
}

#[test]
fn removes_trailing_bytes() {
    let mut old = Movie::new(b"isom", both()).file();
    old.extend_from_slice(PLACE);
    assert!(!has(&rewritten(&old, Mp4).1, PLACE));
}

#[test]
fn rejects_chunk_offsets_outside_of_the_samples() {
    let mut movie = Movie::new(b"isom", both());
    movie.index_first = false;
    let mut old = movie.file();
    let stco = old
        .windows(4)
        .position(|name| name == b"stco")
        .expect("a table");
    old[stco + 12..stco + 16].copy_from_slice(&[0, 0, 0, 9]);
    let words = "its index names an offset without data";
    assert_eq!(plan(&old, Mp4, false), Err(ParseError::Malformed(words)));
}

#[test]
fn rejects_a_movie_that_is_cut() {
    let old = Movie::new(b"isom", both()).file();
    for length in [old.len() - 1, old.len() / 2, 30] {
        assert_eq!(
            plan(&old[..length], Mp4, false),
            Err(ParseError::Truncated),
            "{length}"
        );
    }
}

//! What holds for all files.

use super::reader::{Tracks, at, bodies, tracks};
use super::{found, has, rewritten};
use divar_media::MovieTarget::{Mp4, Voice};
use divar_media::{
    ByteRange, Change, Inspector, MAX_BYTES, MAX_INDEX_BYTES, ParseError, Piece, Plan, Progress,
    Rewrite, SparseFile,
};
use divar_media_samples::isobmff::{self, Movie, PLACE, Track, boxed};
use proptest::collection::vec;
use proptest::prelude::*;

/// A file whose data are zeros that nobody wrote down, in front of the index.
struct Sparse {
    head: Vec<u8>,
    zeros: u64,
    tail: Vec<u8>,
}

impl Sparse {
    const fn of(file: Vec<u8>) -> Self {
        Self {
            head: file,
            zeros: 0,
            tail: Vec::new(),
        }
    }

    fn size(&self) -> u64 {
        self.head.len() as u64 + self.zeros + self.tail.len() as u64
    }

    fn byte(&self, at: u64) -> u8 {
        let place = |at: u64| usize::try_from(at).expect("a small place");
        let head = self.head.len() as u64;
        if at < head {
            self.head[place(at)]
        } else if at < head + self.zeros {
            0
        } else {
            self.tail[place(at - head - self.zeros)]
        }
    }

    /// Runs a parser, and says how many bytes it has read and how often.
    fn read<T>(
        &self,
        known: &mut SparseFile,
        mut parser: impl FnMut(&mut SparseFile) -> Result<T, ParseError>,
    ) -> (Result<T, ParseError>, u64, u32) {
        let (mut bytes, mut times) = (0, 0);
        loop {
            let ByteRange {
                offset: at, length, ..
            } = match parser(known) {
                Err(ParseError::Incomplete(need)) => need,
                outcome => return (outcome, bytes, times),
            };
            bytes += length as u64;
            times += 1;
            assert!(
                bytes <= MAX_INDEX_BYTES && times < 10_000,
                "endless reading"
            );
            known.add(
                at,
                (at..at + length as u64).map(|at| self.byte(at)).collect(),
            );
        }
    }

    /// How many bytes are read to inspect it, and how often.
    fn inspected(&self) -> (u64, u32) {
        let mut inspector = Inspector::new(self.size());
        let mut times = 0;
        while let Progress::Need(range) = inspector.run() {
            let end = range.offset + range.length as u64;
            let bytes = (range.offset..end).map(|at| self.byte(at)).collect();
            inspector.add(range.offset, bytes);
            times += 1;
        }
        (inspector.file().bytes_read(), times)
    }

    fn plan(&self) -> (Result<Plan, ParseError>, u64, u32) {
        let (mut rewrite, mut known) = Rewrite::movie(self.size(), Mp4, false);
        self.read(&mut known, |known| rewrite.run(known))
    }
}

/// A movie whose samples are followed by `zeros` zeros, and then by the index.
fn large(zeros: u64) -> Sparse {
    let mut movie = Movie::new(b"isom", vec![Track::video()]);
    (movie.index_first, movie.wide) = (false, true);
    let old = movie.file();
    let index = old
        .windows(4)
        .position(|name| name == b"moov")
        .expect("an index")
        - 4;
    let (head, tail) = old.split_at(index);
    let mut head = head.to_vec();
    let data = head
        .windows(4)
        .position(|name| name == b"mdat")
        .expect("data");
    let size = (index - data + 4) as u64 + zeros;
    head[data + 4..data + 12].copy_from_slice(&size.to_be_bytes());
    Sparse {
        head,
        zeros,
        tail: tail.to_vec(),
    }
}

#[test]
fn bytes_read_do_not_depend_on_the_size_of_the_samples() {
    let (small, huge) = (large(100_000), large(1 << 40));
    assert_eq!(small.inspected(), huge.inspected());
    assert!(small.inspected().0 < 8192);
    let ((plan, bytes, times), (other, ..)) = (huge.plan(), small.plan());
    assert!(bytes < 16384 && times < 5, "{bytes} in {times} times");
    let changes = |plan: Result<Plan, ParseError>| plan.expect("a plan").changes;
    assert_eq!(changes(plan), changes(other));
}

#[test]
fn writes_co64_where_stco_is_too_narrow() {
    let mut movie = large((1 << 32) - 200);
    // A table of four bytes, whose only chunk lies just before four gigabytes.
    let mut narrow = Movie::new(b"isom", vec![Track::video()]);
    (narrow.index_first, narrow.tracks[0].per_chunk) = (false, 8);
    let old = narrow.file();
    let index = old
        .windows(4)
        .position(|name| name == b"moov")
        .expect("an index")
        - 4;
    movie.tail = old[index..].to_vec();
    let stco = movie
        .tail
        .windows(4)
        .position(|name| name == b"stco")
        .expect("a table");
    let place = u32::MAX - 170;
    movie.tail[stco + 12..stco + 16].copy_from_slice(&place.to_be_bytes());
    let plan = movie.plan().0.expect("a plan");
    let [Piece::Bytes(front), Piece::Slice { from, .. }] = &plan.pieces[..] else {
        panic!("{:?}", plan.pieces);
    };
    let path: [&[u8; 4]; 6] = [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"co64"];
    let new = u64::from_be_bytes(at(front, &path)[8..16].try_into().expect("eight bytes"));
    assert_eq!(new, u64::from(place) + front.len() as u64 - from);
    assert!(new > u64::from(u32::MAX));
}

#[test]
fn reads_many_small_boxes_at_once() {
    let many = boxed(b"free", &[]).repeat(100_000);
    let movie = Movie::new(b"iso5", vec![Track::video()]).private();
    for name in [b"moof", b"udta"] {
        let head = [movie.fragmented(), boxed(name, &[&many])].concat();
        let (plan, _, times) = Sparse::of(head).plan();
        assert!(plan.is_ok());
        assert!(times < 15, "{times} times");
    }
}

fn track() -> impl Strategy<Value = Track> {
    let positions = [Track::positions(), Track::subtitles()];
    let kept = [Track::audio(), Track::video()];
    let tracks: Vec<_> = positions.into_iter().chain(kept).collect();
    (
        proptest::sample::select(tracks),
        vec(0_usize..40, 0..12),
        1_usize..5,
    )
        .prop_map(|(mut track, sizes, per_chunk)| {
            let first = track.samples[0].clone();
            let sample = |size| first.iter().copied().cycle().take(size).collect();
            track.samples = sizes.into_iter().map(sample).collect();
            track.per_chunk = per_chunk;
            track
        })
}

fn movie() -> impl Strategy<Value = Movie> {
    let brands = [b"isom", b"mp42", b"qt  ", b"3gp6", b"M4A "];
    let tracks = vec(track(), 0..5);
    let shape = (
        proptest::sample::select(brands.to_vec()),
        any::<[bool; 3]>(),
        1_usize..4,
    );
    (shape, tracks).prop_map(
        |((brand, [index_first, wide, private], data_boxes), mut tracks)| {
            tracks.push(Track::video());
            let mut movie = Movie::new(brand, tracks);
            (movie.index_first, movie.wide, movie.data_boxes) = (index_first, wide, data_boxes);
            if private { movie.private() } else { movie }
        },
    )
}

fn played(file: &[u8]) -> Tracks {
    let mut tracks = tracks(file);
    tracks.retain(|(handler, _)| handler == b"vide" || handler == b"soun");
    tracks
}

/// Looks into a file and makes it rewritten in every way.
fn survive(file: Vec<u8>) {
    let sparse = Sparse::of(file);
    assert!(sparse.inspected().0 <= MAX_BYTES);
    for (target, keep) in [(Mp4, false), (Mp4, true), (Voice, false), (Voice, true)] {
        let (mut rewrite, mut known) = Rewrite::movie(sparse.size(), target, keep);
        let (plan, ..) = sparse.read(&mut known, |known| rewrite.run(known));
        if let Ok(plan) = plan {
            let new = plan.apply(&sparse.head).expect("slices of the old file");
            // A table of chunk offsets may come to take twice as much.
            assert!(new.len() <= 2 * sparse.head.len() + 64);
        }
    }
}

proptest! {
    #[test]
    fn keeps_samples_and_removes_metadata(movie in movie()) {
        for old in [movie.file(), movie.fragmented()] {
            let (plan, new) = rewritten(&old, Mp4);
            prop_assert_eq!(played(&old), tracks(&new));
            prop_assert!(!has(&new, PLACE));
            prop_assert_eq!(&plan.removed, &found(&old).private);
            prop_assert_eq!(found(&new).private, []);
            let (again, _) = rewritten(&new, Mp4);
            prop_assert_eq!(again.changes, []);
            let after_index = bodies(&old, *b"mdat").is_empty() || movie.index_first;
            prop_assert_eq!(plan.changes.contains(&Change::FastStart), old == movie.file() && !after_index);
        }
    }

    #[test]
    fn survives_damaged_files(
        number in 0..isobmff::all().len(),
        damage in vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), Just(0), Just(1), Just(255)]), 1..12),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let (_, mut file) = isobmff::all().swap_remove(number);
        for (place, value) in damage {
            *place.get_mut(&mut file) = value;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        survive(file);
    }

    #[test]
    fn survives_any_bytes_behind_a_brand(rest in vec(any::<u8>(), 0..300), name in "moov|moof|mdat|meta|udta|trak") {
        let name: [u8; 4] = name.as_bytes().try_into().expect("four letters");
        survive([boxed(b"ftyp", &[b"isom\0\0\0\0"]), boxed(&name, &[&rest]), rest].concat());
    }
}

//! A reader of its own, so that what was written is not judged by what wrote it.

/// The body of each box with this name.
pub fn bodies(mut bytes: &[u8], name: [u8; 4]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while bytes.len() >= 8 {
        let (head, size) = match number(bytes, 0) {
            0 => (8, bytes.len()),
            1 => (16, usize::try_from(long(bytes, 8)).expect("a small box")),
            size => (8, size as usize),
        };
        if bytes[4..8] == name {
            found.push(&bytes[head..size]);
        }
        bytes = &bytes[size..];
    }
    found
}

/// The body of the one box at the end of a path.
pub fn at<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> &'a [u8] {
    path.iter()
        .fold(bytes, |bytes, name| bodies(bytes, **name)[0])
}

/// The four bytes at a place.
pub fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from_be_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

/// What handles each track, and its samples.
pub type Tracks = Vec<(Vec<u8>, Vec<Vec<u8>>)>;

/// The tracks of a whole file.
pub fn tracks(file: &[u8]) -> Tracks {
    let mut all = Vec::new();
    for trak in bodies(at(file, &[b"moov"]), *b"trak") {
        let handler = at(trak, &[b"mdia", b"hdlr"])[8..12].to_vec();
        let mut samples = in_tables(file, at(trak, &[b"mdia", b"minf", b"stbl"]));
        samples.extend(in_fragments(file, number(at(trak, &[b"tkhd"]), 12)));
        all.push((handler, samples));
    }
    all
}

fn in_tables(file: &[u8], stbl: &[u8]) -> Vec<Vec<u8>> {
    let places: Vec<u64> = match bodies(stbl, *b"stco").first() {
        Some(stco) => stco[8..]
            .chunks(4)
            .map(|place| number(place, 0).into())
            .collect(),
        None => at(stbl, &[b"co64"])[8..]
            .chunks(8)
            .map(|place| long(place, 0))
            .collect(),
    };
    let runs: Vec<_> = at(stbl, &[b"stsc"])[8..]
        .chunks(12)
        .map(|run| (number(run, 0), number(run, 4)))
        .collect();
    let mut sizes = at(stbl, &[b"stsz"])[12..]
        .chunks(4)
        .map(|size| number(size, 0) as usize);
    let mut samples = Vec::new();
    for (chunk, place) in (1..).zip(places) {
        let run = runs
            .iter()
            .rev()
            .find(|(first, _)| *first <= chunk)
            .expect("a run");
        let mut place = usize::try_from(place).expect("a small file");
        for _ in 0..run.1 {
            let size = sizes.next().expect("a size");
            samples.push(file[place..place + size].to_vec());
            place += size;
        }
    }
    samples
}

/// Samples of fragments as the project's own samples have them.
fn in_fragments(file: &[u8], id: u32) -> Vec<Vec<u8>> {
    let mut samples = Vec::new();
    let mut begin = 0;
    while begin < file.len() {
        let size = match number(file, begin) {
            1 => usize::try_from(long(file, begin + 8)).expect("a small box"),
            size => size as usize,
        };
        for traf in bodies(&file[begin..begin + size], *b"moof")
            .iter()
            .flat_map(|moof| bodies(moof, *b"traf"))
        {
            if number(at(traf, &[b"tfhd"]), 4) != id {
                continue;
            }
            let trun = at(traf, &[b"trun"]);
            let mut place = begin + number(trun, 8) as usize;
            for size in trun[12..].chunks(4) {
                let end = place + number(size, 0) as usize;
                samples.push(file[place..end].to_vec());
                place = end;
            }
        }
        begin += size;
    }
    samples
}

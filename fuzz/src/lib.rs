//! What every fuzz target holds a parser to: it ends, it does not panic, it asks for nothing
//! outside of the file and for no more bytes than it may, its work is bounded by what it reads, and
//! what it makes is made of the file.

#![forbid(unsafe_code)]

use divar_media::{
    ByteRange, Container, Inspection, Inspector, MAX_BYTES, MAX_INDEX_BYTES, MovieTarget,
    ParseError, Piece, Plan, Preparation, PrepareOptions, Prepared, Progress, Rewrite, SparseFile,
};

/// Inspects a file of this container.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn inspected(container: Container, data: &[u8]) {
    let file = with_signature(container, data);
    let (found, inspector) = run(&file, Inspector::new(file.len() as u64));
    let (asked, steps) = (inspector.file().bytes_read(), inspector.file().steps());
    assert!(asked <= MAX_BYTES, "{asked} bytes were read");
    assert!(steps <= asked + 256, "{steps} steps for {asked} bytes");
    // What is found does not depend on how the file is read. A parser that was near its bound may
    // have been stopped by it.
    if asked < MAX_BYTES / 2 {
        let sparse = SparseFile::new(file.len() as u64, 64, u64::MAX);
        let (again, _) = run(&file, Inspector::with(sparse));
        assert_eq!(found, again, "read in smaller slices");
    }
    prepared(&file, &found);
}

/// Inspects a picture made of boxes whose box `meta` has the data as its boxes. A whole file is taken
/// as its data from the box's beginning on.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn inspected_heif(data: &[u8]) {
    let at = data.windows(4).position(|name| name == b"meta");
    let boxes = at.and_then(|at| data.get(at + 8..)).unwrap_or(data);
    let size = u32::try_from(boxes.len() + 12).unwrap_or(u32::MAX);
    let ftyp = b"\0\0\0\x14ftypheic\0\0\0\0mif1";
    let meta = [&size.to_be_bytes()[..], b"meta\0\0\0\0", boxes].concat();
    inspected(Container::IsoBmff, &[&ftyp[..], &meta].concat());
}

/// Inspects a compound file of one table and a directory that is the data. A whole file is taken as
/// its data from the third sector on.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn inspected_ole_directory(data: &[u8]) {
    const SECTOR: usize = 512;
    const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let directory = data
        .strip_prefix(SIGNATURE)
        .and_then(|rest| rest.get(2 * SECTOR - 8..));
    let directory = directory.unwrap_or(data);
    let mut header = [SIGNATURE, &[0; SECTOR - 8]].concat();
    header[30] = 9;
    // One sector of the table, the directory behind it, and the size of small streams.
    for (at, number) in [(44, 1_u32), (48, 1), (56, 4096)] {
        header[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    let sectors = directory.len().div_ceil(SECTOR).clamp(1, 126);
    let follows = |sector: usize| match sector {
        0 => 0xffff_fffd_u32,
        last if last == sectors => 0xffff_fffe,
        free if free > sectors => u32::MAX,
        next => u32::try_from(next + 1).unwrap_or(u32::MAX),
    };
    let table = (0..SECTOR / 4).flat_map(|sector| follows(sector).to_le_bytes());
    let mut file = [header, table.collect()].concat();
    file.extend_from_slice(directory);
    file.resize((sectors + 2) * SECTOR, 0);
    inspected(Container::Ole, &file);
}

/// Inspects an archive whose list of content types is the data: packed, as it is, or both.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn inspected_ooxml(data: &[u8]) {
    const NAME: &[u8] = b"[Content_Types].xml";
    let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let name = u16::try_from(NAME.len()).unwrap_or(u16::MAX).to_le_bytes();
    for method in [0, 8_u16] {
        let about = [
            &[0; 2][..],
            &method.to_le_bytes(),
            &[0; 8],
            &number(data.len()),
            &number(data.len()),
            &name,
            &[0; 2],
        ]
        .concat();
        let local = [b"PK\x03\x04\x14\0", &about[..], NAME, data].concat();
        let directory = [b"PK\x01\x02\x14\0\x14\0", &about[..], &[0; 14], NAME].concat();
        let places = [number(directory.len()), number(local.len())].concat();
        let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &places[..], &[0; 2]].concat();
        inspected(Container::Zip, &[local, directory, end].concat());
    }
}

/// Inspection and preparation agree on what a file is and whether it is whole.
fn prepared(file: &[u8], found: &Inspection) {
    let options = PrepareOptions {
        media_type: None,
        longest_edge: None,
        max_bytes: None,
        keep_metadata: false,
        can_draw: true,
    };
    let mut preparation = Preparation::new(file.len() as u64, options);
    let outcome = loop {
        match preparation.run() {
            Progress::Done(outcome) => break outcome,
            // The data themselves serve as their content: it may be anything.
            Progress::Need(range) if range.deflated => preparation.add_inflated(bytes(file, range)),
            Progress::Need(range) => preparation.add(range.offset, bytes(file, range)),
        }
    };
    let is_refused = matches!(outcome, Prepared::Refused(_));
    let is_faulty = found.truncated || found.malformed.is_some() || found.unsupported.is_some();
    assert!(is_refused || !is_faulty, "{found:?} is prepared");
    if let Prepared::Planned { format, plan, .. } = outcome {
        let made = plan.apply(file).expect("slices of the file");
        let (again, _) = run(&made, Inspector::new(made.len() as u64));
        assert_eq!(again.format, format, "what is made is of another format");
    }
}

fn run(file: &[u8], mut inspector: Inspector) -> (Inspection, Inspector) {
    /// More than any budget allows.
    const MOST_REQUESTS: u32 = 10_000;
    for _ in 0..MOST_REQUESTS {
        match inspector.run() {
            Progress::Done(found) => return (found, inspector),
            Progress::Need(range) if range.deflated => inspector.add_inflated(bytes(file, range)),
            Progress::Need(range) => inspector.add(range.offset, bytes(file, range)),
        }
    }
    panic!("no end after {MOST_REQUESTS} requests");
}

fn bytes(file: &[u8], range: ByteRange) -> Vec<u8> {
    assert!(range.length > 0, "nothing is asked for, again and again");
    let from = usize::try_from(range.offset).expect("an offset within the file");
    let bytes = file.get(from..).and_then(|bytes| bytes.get(..range.length));
    bytes.expect("a range within the file").to_vec()
}

/// Removes the metadata of a picture, and then once more.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn stripped(container: Container, start: fn(u64) -> (Rewrite, SparseFile), data: &[u8]) {
    let file = with_signature(container, data);
    let Some(once) = rewritten(&file, start(file.len() as u64), most(&file)) else {
        return;
    };
    let twice = rewritten(&once, start(once.len() as u64), most(&once));
    assert_eq!(twice.as_ref(), Some(&once), "a second time changes it");
}

/// The most bytes that are read of a picture: three times, each window's end twice.
const fn most(file: &[u8]) -> u64 {
    (file.len() as u64 + 64 * 1024) * 6
}

/// Rewrites a movie, as all that it can become.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn rewritten_movie(data: &[u8]) {
    let file = with_signature(Container::IsoBmff, data);
    for target in [MovieTarget::Mp4, MovieTarget::Voice] {
        for keep_metadata in [false, true] {
            let start = Rewrite::movie(file.len() as u64, target, keep_metadata);
            rewritten(&file, start, MAX_INDEX_BYTES);
        }
    }
}

/// Runs a rewrite that may read `most` bytes, and applies its plan.
fn rewritten(file: &[u8], start: (Rewrite, SparseFile), most: u64) -> Option<Vec<u8>> {
    let (mut rewrite, mut sparse) = start;
    let plan = loop {
        match rewrite.run(&mut sparse) {
            Err(ParseError::Incomplete(range)) => sparse.add(range.offset, bytes(file, range)),
            outcome => break outcome,
        }
    };
    let asked = sparse.bytes_read();
    assert!(asked <= most, "{asked} bytes were read");
    let plan = plan.ok()?;
    check(&plan, file.len() as u64);
    let new = plan.apply(file);
    assert!(new.is_some(), "the plan reaches beyond the file");
    new
}

fn check(plan: &Plan, size: u64) {
    assert!(plan.pieces.len() <= Plan::MOST_PIECES, "too many pieces");
    for piece in &plan.pieces {
        if let Piece::Slice { from, to } = piece {
            assert!(from < to && *to <= size, "{piece:?} of {size} bytes");
        }
    }
}

/// The data with the container's signature written over it if it has another one, so that a fuzzer
/// need not find that first.
fn with_signature(container: Container, data: &[u8]) -> Vec<u8> {
    let mut file = data.to_vec();
    if Container::of(data, data.len() as u64) != Some(container) {
        for &(at, bytes) in signature(container) {
            let end = at + bytes.len();
            file.resize(file.len().max(end), 0);
            file[at..end].copy_from_slice(bytes);
        }
    }
    file
}

/// The bytes that a file of the container begins with, and where each run of them is.
fn signature(container: Container) -> &'static [(usize, &'static [u8])] {
    match container {
        Container::Png => &[(0, b"\x89PNG\r\n\x1a\n")],
        Container::Jpeg => &[(0, b"\xff\xd8\xff")],
        Container::Gif => &[(0, b"GIF89a")],
        Container::WebP => &[(0, b"RIFF"), (8, b"WEBP")],
        Container::Wav => &[(0, b"RIFF"), (8, b"WAVE")],
        Container::Ogg => &[(0, b"OggS")],
        Container::Mp3 => &[(0, b"\xff\xfb\x90")],
        Container::Matroska => &[(0, b"\x1a\x45\xdf\xa3")],
        Container::IsoBmff => &[(4, b"ftyp")],
        Container::Pdf => &[(0, b"%PDF-")],
        Container::Zip => &[(0, b"PK\x03\x04")],
        Container::Ole => &[(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")],
    }
}

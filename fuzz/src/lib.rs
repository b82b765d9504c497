//! What every fuzz target holds a parser to: it ends, it does not panic, it asks for nothing
//! outside of the file and for no more bytes than it may, and what it makes is made of the file.

#![forbid(unsafe_code)]

use divar_media::{
    ISO_MAX_BYTES, IsoTarget, Known, MAX_BYTES, Need, Piece, Plan, Rewrite, Signature, Stop,
    inspect,
};

/// Looks into a file of this container.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn inspected(container: Signature, data: &[u8]) {
    let file = made_to_be(container, data);
    let mut known = Known::to_inspect(file.len() as u64);
    let (found, asked) = driven(&file, &mut known, |known| inspect(known));
    assert!(asked <= MAX_BYTES, "{asked} bytes were read");
    // What is found does not depend on how the file is cut. A parser that was near its bound may
    // have been stopped by it.
    if asked < MAX_BYTES / 2 {
        let mut known = Known::new(file.len() as u64, 64, u64::MAX);
        let (again, _) = driven(&file, &mut known, |known| inspect(known));
        assert_eq!(found, again, "read in smaller slices");
    }
}

/// Takes the metadata out of a picture, and then once more.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn stripped(container: Signature, start: fn(u64) -> (Rewrite, Known), data: &[u8]) {
    let file = made_to_be(container, data);
    // A window that cuts through something is read again from there.
    let most = file.len() as u64 * 2 + 128 * 1024;
    let Some(once) = rewritten(&file, start(file.len() as u64), most) else {
        return;
    };
    let most = once.len() as u64 * 2 + 128 * 1024;
    let twice = rewritten(&once, start(once.len() as u64), most);
    assert_eq!(twice.as_ref(), Some(&once), "a second time changes it");
}

/// Makes an ISO media file anew, as all that it can be made.
///
/// # Panics
///
/// When the parser breaks a rule.
pub fn rewritten_iso(data: &[u8]) {
    let file = made_to_be(Signature::IsoMedia(*b"isom"), data);
    for target in [IsoTarget::Mp4, IsoTarget::Voice] {
        for keep_metadata in [false, true] {
            let start = Rewrite::iso(file.len() as u64, target, keep_metadata);
            rewritten(&file, start, ISO_MAX_BYTES);
        }
    }
}

/// Runs a rewrite that may read `most` bytes, and carries its plan out.
fn rewritten(file: &[u8], start: (Rewrite, Known), most: u64) -> Option<Vec<u8>> {
    let (mut rewrite, mut known) = start;
    let (plan, asked) = driven(file, &mut known, |known| rewrite.run(known));
    assert!(asked <= most, "{asked} bytes were read");
    let plan = plan.ok()?;
    check(&plan, file.len() as u64);
    let new = plan.carried_out(file);
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

/// Runs a parser, and counts the bytes that it asked for.
fn driven<T>(
    file: &[u8],
    known: &mut Known,
    mut parser: impl FnMut(&mut Known) -> Result<T, Stop>,
) -> (Result<T, Stop>, u64) {
    /// More than any allowance comes to.
    const MOST_STEPS: u32 = 10_000;
    let mut asked = 0;
    for _ in 0..MOST_STEPS {
        let Need { at, length } = match parser(known) {
            Err(Stop::Need(need)) => need,
            outcome => return (outcome, asked),
        };
        assert!(length > 0, "nothing is asked for, again and again");
        let from = usize::try_from(at).expect("a place within the file");
        let bytes = file.get(from..).and_then(|bytes| bytes.get(..length));
        known.add(at, bytes.expect("a need within the file").to_vec());
        asked += length as u64;
    }
    panic!("no end after {MOST_STEPS} steps");
}

/// The data with the container's signature forced onto it where it has another one, so that a
/// fuzzer need not find that first.
fn made_to_be(container: Signature, data: &[u8]) -> Vec<u8> {
    let mut file = data.to_vec();
    let same = |other| std::mem::discriminant(&container) == std::mem::discriminant(&other);
    let older = |other| {
        matches!(
            (container, other),
            (Signature::IsoMedia(_), Signature::QuickTime)
        )
    };
    if !Signature::of(data).is_some_and(|other| same(other) || older(other)) {
        for &(at, bytes) in signature(container) {
            let end = at + bytes.len();
            file.resize(file.len().max(end), 0);
            file[at..end].copy_from_slice(bytes);
        }
    }
    file
}

/// The bytes that a file of the container begins with, and where each run of them is.
fn signature(container: Signature) -> &'static [(usize, &'static [u8])] {
    match container {
        Signature::Png => &[(0, b"\x89PNG\r\n\x1a\n")],
        Signature::Jpeg => &[(0, b"\xff\xd8\xff")],
        Signature::Gif => &[(0, b"GIF89a")],
        Signature::WebP => &[(0, b"RIFF"), (8, b"WEBP")],
        Signature::Wav => &[(0, b"RIFF"), (8, b"WAVE")],
        Signature::Ogg => &[(0, b"OggS")],
        Signature::Mp3 => &[(0, b"\xff\xfb\x90")],
        Signature::Ebml => &[(0, b"\x1a\x45\xdf\xa3")],
        Signature::IsoMedia(_) => &[(4, b"ftyp")],
        Signature::QuickTime => &[(4, b"moov")],
        Signature::Pdf => &[(0, b"%PDF-")],
        Signature::Zip => &[(0, b"PK\x03\x04")],
        Signature::Ole => &[(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")],
    }
}

//! What is seen in pictures, and what is left of them.

mod damaged;
mod gif;
mod jpeg;
mod jpeg_parts;
mod png;
mod png_parts;
mod webp;

use divar_media::{
    ByteRange, Inspection, Inspector, ParseError, Piece, Plan, Progress, Rewrite, SparseFile,
    drive, inspect_bytes,
};
use divar_media_samples::exif::SECRET;

fn inspected(file: &[u8]) -> Inspection {
    inspect_bytes(file)
}

fn planned(
    (mut rewrite, mut known): (Rewrite, SparseFile),
    file: &[u8],
) -> Result<Plan, ParseError> {
    drive(file, &mut known, |known| rewrite.run(known))
}

fn strip_jpeg(file: &[u8]) -> Result<Plan, ParseError> {
    planned(Rewrite::jpeg(file.len() as u64), file)
}

fn strip_png(file: &[u8]) -> Result<Plan, ParseError> {
    planned(Rewrite::png(file.len() as u64), file)
}

fn apply(plan: &Plan, file: &[u8]) -> Vec<u8> {
    plan.apply(file).expect("slices of the old file")
}

fn tells_a_secret(file: &[u8]) -> bool {
    contains(file, SECRET)
}

fn contains(file: &[u8], words: &[u8]) -> bool {
    file.windows(words.len()).any(|window| window == words)
}

/// Whether a plan leaves the file as it is, and says so.
fn leaves(plan: &Plan, file: &[u8]) -> bool {
    let whole = Piece::Slice {
        from: 0,
        to: file.len() as u64,
    };
    plan.pieces == [whole] && plan.changes.is_empty() && plan.removed.is_empty()
}

/// How many bytes are read of a file to inspect it.
fn read_to_inspect(file: &[u8]) -> usize {
    let mut inspector = Inspector::new(file.len() as u64);
    while let Progress::Need(range) = inspector.run() {
        inspector.add(range.offset, part(file, range));
    }
    usize::try_from(inspector.file().bytes_read()).expect("a small file")
}

/// How many bytes are read of a file to rewrite it.
fn read_to_strip((mut rewrite, mut sparse): (Rewrite, SparseFile), file: &[u8]) -> usize {
    while let Err(ParseError::Incomplete(range)) = rewrite.run(&mut sparse) {
        sparse.add(range.offset, part(file, range));
    }
    usize::try_from(sparse.bytes_read()).expect("a small file")
}

fn part(file: &[u8], range: ByteRange) -> Vec<u8> {
    let at = usize::try_from(range.offset).expect("a small file");
    file[at..at + range.length].to_vec()
}

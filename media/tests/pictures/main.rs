//! What is seen in pictures, and what is left of them.

mod damaged;
mod gif;
mod jpeg;
mod jpeg_parts;
mod png;
mod png_parts;
mod webp;

use divar_media::{Inspection, Known, Piece, Plan, Rewrite, Stop, drive, inspect};
use divar_media_samples::exif::SECRET;

fn inspected(file: &[u8]) -> Inspection {
    let mut known = Known::to_inspect(file.len() as u64);
    drive(file, &mut known, |known| inspect(known)).expect("no stop but a need")
}

fn planned((mut rewrite, mut known): (Rewrite, Known), file: &[u8]) -> Result<Plan, Stop> {
    drive(file, &mut known, |known| rewrite.run(known))
}

fn strip_jpeg(file: &[u8]) -> Result<Plan, Stop> {
    planned(Rewrite::jpeg(file.len() as u64), file)
}

fn strip_png(file: &[u8]) -> Result<Plan, Stop> {
    planned(Rewrite::png(file.len() as u64), file)
}

fn carried_out(plan: &Plan, file: &[u8]) -> Vec<u8> {
    plan.carried_out(file).expect("slices of the old file")
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
    let mut known = Known::to_inspect(file.len() as u64);
    read_by(file, &mut known, |known| inspect(known).map(|_| ()))
}

/// How many bytes are read of a file to make it anew.
fn read_to_strip((mut rewrite, mut known): (Rewrite, Known), file: &[u8]) -> usize {
    read_by(file, &mut known, |known| rewrite.run(known).map(|_| ()))
}

fn read_by(
    file: &[u8],
    known: &mut Known,
    mut parser: impl FnMut(&mut Known) -> Result<(), Stop>,
) -> usize {
    let mut read = 0;
    while let Err(Stop::Need(need)) = parser(known) {
        let at = usize::try_from(need.at).expect("a small file");
        known.add(need.at, file[at..at + need.length].to_vec());
        read += need.length;
    }
    read
}

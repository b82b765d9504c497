//! What is found in movies, recordings and pictures made of boxes, and what
//! becomes of them when they are made rewritten.

mod inspect;
mod properties;
mod reader;
mod rewrite;

use divar_media::{Inspection, MovieTarget, ParseError, Plan, Rewrite, drive, inspect_bytes};

/// What is found in a file.
fn found(file: &[u8]) -> Inspection {
    inspect_bytes(file)
}

/// How a file is made rewritten.
fn plan(file: &[u8], target: MovieTarget, keep_metadata: bool) -> Result<Plan, ParseError> {
    let (mut rewrite, mut known) = Rewrite::movie(file.len() as u64, target, keep_metadata);
    drive(file, &mut known, |known| rewrite.run(known))
}

/// A file without its metadata, and how it was made.
#[track_caller]
fn rewritten(file: &[u8], target: MovieTarget) -> (Plan, Vec<u8>) {
    let plan = plan(file, target, false).expect("a plan");
    let new = plan.apply(file).expect("slices of the old file");
    (plan, new)
}

fn has(file: &[u8], part: &[u8]) -> bool {
    file.windows(part.len()).any(|bytes| bytes == part)
}

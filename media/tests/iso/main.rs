//! What is found in films, recordings and pictures made of boxes, and what
//! becomes of them when they are made anew.

mod look;
mod properties;
mod reader;
mod rewrite;

use divar_media::{Inspection, IsoTarget, Known, Plan, Rewrite, Stop, drive, inspect};

/// What is found in a file.
fn found(file: &[u8]) -> Inspection {
    let mut known = Known::to_inspect(file.len() as u64);
    drive(file, &mut known, |known| inspect(known)).expect("no stop but a need")
}

/// How a file is made anew.
fn plan(file: &[u8], target: IsoTarget, keep_metadata: bool) -> Result<Plan, Stop> {
    let (mut rewrite, mut known) = Rewrite::iso(file.len() as u64, target, keep_metadata);
    drive(file, &mut known, |known| rewrite.run(known))
}

/// A file without its metadata, and how it was made.
#[track_caller]
fn anew(file: &[u8], target: IsoTarget) -> (Plan, Vec<u8>) {
    let plan = plan(file, target, false).expect("a plan");
    let new = plan.carried_out(file).expect("slices of the old file");
    (plan, new)
}

fn has(file: &[u8], part: &[u8]) -> bool {
    file.windows(part.len()).any(|bytes| bytes == part)
}

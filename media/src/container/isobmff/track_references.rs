//! What in the index names tracks by their ids (ISO/IEC 14496-12, 8.3.3 and 8.8.3).

use super::header::{BoxHeader, number};
use super::writer::Writer;
use crate::sparse_file::ParseError;

/// Writes a track's references without those to removed tracks.
pub fn write(to: &mut Writer, tref: &BoxHeader) -> Result<(), ParseError> {
    let mut stay = Vec::new();
    let mut any = false;
    let mut children = tref.children();
    while let Some(child) = children.next(to.file)? {
        let (ids, _) = child.all(to.file)?.as_chunks::<4>();
        let gone = ids.iter().any(|id| to.is_gone(u32::from_be_bytes(*id)));
        any |= !gone;
        stay.push((child, !gone));
    }
    if !any {
        return to.leave(tref);
    }
    let mark = to.begin(tref)?;
    for (child, stays) in stay {
        if stays {
            to.copy(&child)?;
        } else {
            to.leave(&child)?;
        }
    }
    to.end(mark, tref)
}

/// Writes the defaults of fragments (`trex`) without those of removed tracks.
pub fn write_defaults(to: &mut Writer, mvex: &BoxHeader) -> Result<(), ParseError> {
    let mark = to.begin(mvex)?;
    let mut children = mvex.children();
    while let Some(child) = children.next(to.file)? {
        let body = child.start(to.file, 8)?;
        let id = body.get(4..).and_then(number).map_or(0, |(id, _)| id);
        if child.kind == *b"trex" && to.is_gone(id) {
            to.leave(&child)?;
        } else {
            to.copy(&child)?;
        }
    }
    to.end(mark, mvex)
}

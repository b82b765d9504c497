//! Which boxes a player needs: the others are personal metadata, or of no use.

/// Where in the index a box is (ISO/IEC 14496-12, 6.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// In `moov`, the index.
    Moov,
    /// In `trak`, a track.
    Trak,
    /// In `mdia`, a track's media.
    Mdia,
    /// In `minf`, the media's information.
    Minf,
    /// In `dinf`, where the data are.
    Dinf,
    /// In `stbl`, the sample tables.
    Stbl,
}

/// What is done with a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxAction {
    /// It is kept.
    Keep,
    /// It is kept, and of the boxes in it, which are at this level, some are removed.
    Filter(Level),
    /// It is removed.
    Remove,
}

/// What is done with a box of this type at this level.
pub const fn action(level: Level, kind: [u8; 4]) -> BoxAction {
    match (level, &kind) {
        (Level::Moov, b"mvhd" | b"iods" | b"mvex")
        | (Level::Trak, b"tkhd" | b"edts" | b"tref")
        | (Level::Mdia, b"mdhd" | b"hdlr" | b"elng")
        | (Level::Minf, b"vmhd" | b"smhd" | b"nmhd")
        | (Level::Dinf, b"dref") => BoxAction::Keep,
        (Level::Moov, b"trak") => BoxAction::Filter(Level::Trak),
        (Level::Trak, b"mdia") => BoxAction::Filter(Level::Mdia),
        (Level::Mdia, b"minf") => BoxAction::Filter(Level::Minf),
        (Level::Minf, b"dinf") => BoxAction::Filter(Level::Dinf),
        (Level::Minf, b"stbl") => BoxAction::Filter(Level::Stbl),
        (Level::Stbl, b"uuid" | b"udta" | b"meta") => BoxAction::Remove,
        _ if matches!(level, Level::Stbl) && !is_padding(kind) => BoxAction::Keep,
        _ => BoxAction::Remove,
    }
}

/// Whether a box is free space (ISO/IEC 14496-12, 8.1.2; `QuickTime`'s `wide`).
pub const fn is_padding(kind: [u8; 4]) -> bool {
    matches!(&kind, b"free" | b"skip" | b"wide")
}

/// Whether a box is `QuickTime`'s own and no metadata (`QuickTime` File Format,
/// "Movie Atoms"). `hdlr` is the data handler in `minf`; that in `mdia` is kept.
pub const fn is_quicktime(kind: [u8; 4]) -> bool {
    matches!(
        &kind,
        b"tapt" | b"load" | b"clip" | b"matt" | b"ctab" | b"imap" | b"txas" | b"gmhd" | b"hdlr"
    )
}

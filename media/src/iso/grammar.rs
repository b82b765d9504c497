//! Which boxes a film needs to be played: the rest is private, or of no use.

/// Where in the index a box stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// In the index.
    Moov,
    /// In a track.
    Trak,
    /// In a track's media.
    Mdia,
    /// In the media's information.
    Minf,
    /// In what says where the data are.
    Dinf,
    /// In the sample tables.
    Stbl,
}

/// What becomes of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stays.
    Stays,
    /// It stays, and each box in it is judged at this level.
    Opened(Level),
    /// It goes.
    Goes,
}

/// What becomes of a box with this name at this level.
pub const fn verdict(level: Level, name: [u8; 4]) -> Verdict {
    match (level, &name) {
        (Level::Moov, b"mvhd" | b"iods" | b"mvex")
        | (Level::Trak, b"tkhd" | b"edts" | b"tref")
        | (Level::Mdia, b"mdhd" | b"hdlr" | b"elng")
        | (Level::Minf, b"vmhd" | b"smhd" | b"nmhd")
        | (Level::Dinf, b"dref") => Verdict::Stays,
        (Level::Moov, b"trak") => Verdict::Opened(Level::Trak),
        (Level::Trak, b"mdia") => Verdict::Opened(Level::Mdia),
        (Level::Mdia, b"minf") => Verdict::Opened(Level::Minf),
        (Level::Minf, b"dinf") => Verdict::Opened(Level::Dinf),
        (Level::Minf, b"stbl") => Verdict::Opened(Level::Stbl),
        (Level::Stbl, b"uuid" | b"udta" | b"meta") => Verdict::Goes,
        _ if matches!(level, Level::Stbl) && !is_padding(name) => Verdict::Stays,
        _ => Verdict::Goes,
    }
}

/// Whether a box only takes up room.
pub const fn is_padding(name: [u8; 4]) -> bool {
    matches!(&name, b"free" | b"skip" | b"wide")
}

/// Whether a box is `QuickTime`'s own, and tells nothing.
pub const fn is_quicktime(name: [u8; 4]) -> bool {
    matches!(
        &name,
        b"tapt" | b"load" | b"clip" | b"matt" | b"ctab" | b"imap" | b"txas" | b"gmhd" | b"hdlr"
    )
}

//! Boxes of metadata, and the categories of personal metadata in them.

use super::box_action::is_padding;
use super::header::{BoxHeader, number};
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// The type of a box `uuid` with an XMP packet (XMP part 3, 1.2.7).
const XMP: &[u8; 16] = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";

/// How many bytes of free space are read.
const MOST_PADDING: usize = 1024;

/// Notes the categories in a box that players do not need. A malformed one is
/// reported as `Other`; players ignore it.
pub fn notice(
    file: &SparseFile,
    header: &BoxHeader,
    found: &mut Inspection,
) -> Result<(), ParseError> {
    /// Most boxes are smaller: these are requested at once.
    const SMALL: u64 = 32 * 1024;
    let is_list = matches!(&header.kind, b"udta" | b"meta");
    if is_list && header.size() <= SMALL && header.end <= file.size() {
        header.prefetch(file)?;
    }
    match read(file, header, found) {
        Err(ParseError::Malformed(_)) => {
            found.tells(Private::Other);
            Ok(())
        }
        outcome => outcome,
    }
}

fn read(file: &SparseFile, header: &BoxHeader, found: &mut Inspection) -> Result<(), ParseError> {
    match &header.kind {
        b"udta" => named(file, header, found),
        b"meta" => meta(file, header, found),
        name if is_padding(*name) => padding(file, header, found),
        b"uuid" => {
            let xmp = header.start(file, XMP.len())? == XMP;
            found.tells(if xmp { Private::Xmp } else { Private::Other });
            Ok(())
        }
        name => {
            found.tells(of_name(*name));
            Ok(())
        }
    }
}

/// Notes the categories of the boxes in one by their types.
fn named(file: &SparseFile, header: &BoxHeader, found: &mut Inspection) -> Result<(), ParseError> {
    let mut children = header.children();
    while let Some(child) = children.next(file)? {
        match &child.kind {
            b"meta" => meta(file, &child, found)?,
            b"uuid" => found.tells(Private::Other),
            name if is_padding(*name) => padding(file, &child, found)?,
            // The index of a key, whose category was noted by its name.
            [0, ..] => {}
            name => found.tells(of_name(*name)),
        }
    }
    Ok(())
}

/// Notes the categories in a box `meta` (ISO/IEC 14496-12, 8.11.1; `QuickTime` File
/// Format, "Metadata"): lists by type, or by indices of keys.
fn meta(file: &SparseFile, header: &BoxHeader, found: &mut Inspection) -> Result<(), ParseError> {
    let mut children = header.children_after(preface(file, header)?);
    while let Some(child) = children.next(file)? {
        match &child.kind {
            b"hdlr" => {}
            b"keys" => keys(file, &child, found)?,
            b"ilst" => named(file, &child, found)?,
            name if is_padding(*name) => padding(file, &child, found)?,
            _ => found.tells(Private::Other),
        }
    }
    Ok(())
}

/// How many bytes are in front of the boxes in a box `meta`: MP4 has a version and
/// flags there, `QuickTime` has not.
pub fn preface(file: &SparseFile, meta: &BoxHeader) -> Result<u64, ParseError> {
    if meta.length() < 8 {
        return Ok(0);
    }
    let [_, _, _, _, name @ ..] = meta.array::<8>(file, 0)?;
    Ok(if &name == b"hdlr" { 0 } else { 4 })
}

/// Free space that is not empty may have what was deleted.
fn padding(
    file: &SparseFile,
    header: &BoxHeader,
    found: &mut Inspection,
) -> Result<(), ParseError> {
    if header
        .start(file, MOST_PADDING)?
        .iter()
        .any(|&byte| byte != 0)
    {
        found.tells(Private::Other);
    }
    Ok(())
}

fn keys(file: &SparseFile, header: &BoxHeader, found: &mut Inspection) -> Result<(), ParseError> {
    const MOST_LETTERS: usize = 128;
    // Each key is written like a box: its size, its namespace, its name.
    let mut keys = header.children_after(8);
    while let Some(key) = keys.next(file)? {
        found.tells(of_key(&key.start(file, MOST_LETTERS)?.to_ascii_lowercase()));
    }
    Ok(())
}

/// The category of a key by its name.
fn of_key(name: &[u8]) -> Private {
    let has = |words: &[&[u8]]| {
        let mut words = words.iter();
        words.any(|word| name.windows(word.len()).any(|part| part == *word))
    };
    if has(&[b"location", b"gps"]) {
        Private::Location
    } else if has(&[
        b"make",
        b"model",
        b"software",
        b"manufacturer",
        b"camera",
        b"version",
    ]) {
        Private::Device
    } else if has(&[b"date"]) {
        Private::Time
    } else if has(&[b"artwork"]) {
        Private::Thumbnail
    } else if has(&[
        b"title",
        b"comment",
        b"description",
        b"author",
        b"artist",
        b"album",
    ]) {
        Private::Text
    } else {
        Private::Other
    }
}

/// The category of a box of user data, of iTunes or of `QuickTime` by its type.
const fn of_name(name: [u8; 4]) -> Private {
    match &name {
        b"\xa9xyz" | b"loci" | b"gps " | b"GPS " | b"gps0" | b"GPMF" => Private::Location,
        b"\xa9day" | b"yrrc" | b"date" | b"prft" => Private::Time,
        b"\xa9mak" | b"\xa9mod" | b"\xa9swr" | b"\xa9swf" | b"\xa9enc" | b"\xa9too"
        | b"\xa9hst" | b"manu" | b"modl" | b"FIRM" | b"LENS" | b"CAME" => Private::Device,
        b"XMP_" => Private::Xmp,
        b"covr" | b"thmb" | b"THMB" | b"PICT" | b"pnot" => Private::Thumbnail,
        [0xa9, ..]
        | b"titl"
        | b"dscp"
        | b"cprt"
        | b"perf"
        | b"auth"
        | b"gnre"
        | b"albm"
        | b"kywd"
        | b"name"
        | b"desc"
        | b"ldes"
        | b"aART" => Private::Text,
        _ => Private::Other,
    }
}

/// Whether a handler's or an encoder's name is one that very many programs write,
/// so that it identifies none.
pub fn is_plain(name: &[u8]) -> bool {
    let shown = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    let from = name.iter().position(shown).unwrap_or(name.len());
    let name = name.get(from..).unwrap_or_default();
    let to = name
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(name.len());
    matches!(
        name.get(..to).unwrap_or_default(),
        b"" | b"VideoHandler"
            | b"SoundHandler"
            | b"Core Media Video"
            | b"Core Media Audio"
            | b"AVC Coding"
            | b"HEVC Coding"
            | b"AOM Coding"
            | b"VPC Coding"
            | b"H.264"
            | b"HEVC"
    )
}

/// Where the two times of `mvhd`, `tkhd` and `mdhd` end (ISO/IEC 14496-12, 8.2.2,
/// 8.3.2, 8.4.2): four bytes each, or eight in version 1.
pub fn times(file: &SparseFile, header: &BoxHeader) -> Result<usize, ParseError> {
    let [version] = header.array(file, 0)?;
    Ok(if version == 1 { 20 } else { 12 })
}

/// Notes whether one of them is not zero.
pub fn notice_times(
    file: &SparseFile,
    header: &BoxHeader,
    found: &mut Inspection,
) -> Result<(), ParseError> {
    let dated = header.start(file, times(file, header)?)?;
    if dated.iter().skip(4).any(|&byte| byte != 0) {
        found.tells(Private::Time);
    }
    Ok(())
}

/// Whether the entries of a box `dref` (8.7.2) name another file.
pub fn names_files(file: &SparseFile, dref: &BoxHeader) -> Result<bool, ParseError> {
    let mut entries = dref.children_after(8);
    while let Some(entry) = entries.next(file)? {
        let body = entry.start(file, 32)?;
        if number(body).is_some_and(|(_, rest)| rest.iter().any(|&byte| byte != 0)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The name in the body of a box `hdlr` (ISO/IEC 14496-12, 8.4.3).
pub fn handler_name(body: &[u8]) -> &[u8] {
    body.get(24..).unwrap_or_default()
}

//! Boxes of metadata: what they tell of whom the file comes from.

use super::boxes::{Head, number};
use super::grammar::is_padding;
use crate::inspection::{Inspection, Private};
use crate::known::{Known, Stop};

/// What a box `uuid` with this number holds: an XMP packet.
const XMP: &[u8; 16] = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";

/// How much of padding is looked at.
const MOST_PADDING: usize = 1024;

/// Notes what a box tells that no player needs. One that is damaged keeps nobody
/// from playing the rest.
///
/// # Errors
///
/// Any [`Stop`] but `Malformed`.
pub fn notice(known: &Known, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    match read(known, head, found) {
        Err(Stop::Malformed(_)) => {
            found.tells(Private::Other);
            Ok(())
        }
        outcome => outcome,
    }
}

fn read(known: &Known, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    match &head.name {
        b"udta" => named(known, head, found),
        b"meta" => meta(known, head, found),
        name if is_padding(*name) => padding(known, head, found),
        b"uuid" => {
            let xmp = head.start(known, XMP.len())? == XMP;
            found.tells(if xmp { Private::Xmp } else { Private::Other });
            Ok(())
        }
        name => {
            found.tells(of_name(*name));
            Ok(())
        }
    }
}

/// Notes what the boxes in one tell by their names.
fn named(known: &Known, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    let mut children = head.children();
    while let Some(child) = children.next(known)? {
        match &child.name {
            b"meta" => meta(known, &child, found)?,
            b"uuid" => found.tells(Private::Other),
            name if is_padding(*name) => padding(known, &child, found)?,
            // A number: the list of keys has told what it is.
            [0, ..] => {}
            name => found.tells(of_name(*name)),
        }
    }
    Ok(())
}

/// Notes what a box `meta` tells: lists by name, or by numbers of keys.
fn meta(known: &Known, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    let mut children = head.children_after(preface(known, head)?);
    while let Some(child) = children.next(known)? {
        match &child.name {
            b"hdlr" => {}
            b"keys" => keys(known, &child, found)?,
            b"ilst" => named(known, &child, found)?,
            name if is_padding(*name) => padding(known, &child, found)?,
            _ => found.tells(Private::Other),
        }
    }
    Ok(())
}

/// How many bytes stand before the boxes in a box `meta`: MP4 has a version
/// there, `QuickTime` has not.
///
/// # Errors
///
/// As [`Known::get`].
pub fn preface(known: &Known, meta: &Head) -> Result<u64, Stop> {
    if meta.length() < 8 {
        return Ok(0);
    }
    let [_, _, _, _, name @ ..] = meta.array::<8>(known, 0)?;
    Ok(if &name == b"hdlr" { 0 } else { 4 })
}

/// Padding that is not empty may be left over from what was there before.
fn padding(known: &Known, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    if head
        .start(known, MOST_PADDING)?
        .iter()
        .any(|&byte| byte != 0)
    {
        found.tells(Private::Other);
    }
    Ok(())
}

fn keys(known: &Known, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    const MOST_LETTERS: usize = 128;
    // Each key stands like a box: its size, its namespace, its name.
    let mut keys = head.children_after(8);
    while let Some(key) = keys.next(known)? {
        found.tells(of_key(
            &key.start(known, MOST_LETTERS)?.to_ascii_lowercase(),
        ));
    }
    Ok(())
}

/// What a key tells by its name.
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

/// What a box of user data, of iTunes or of `QuickTime` tells by its name.
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

/// Whether a handler's or an encoder's name is one that countless programs
/// write, so that it tells nothing.
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

/// The two times at the begin of `mvhd`, `tkhd` and `mdhd`: where they end.
///
/// # Errors
///
/// As [`Known::get`].
pub fn times(known: &Known, head: &Head) -> Result<usize, Stop> {
    let [version] = head.array(known, 0)?;
    Ok(if version == 1 { 20 } else { 12 })
}

/// Notes a time that is not zero.
///
/// # Errors
///
/// As [`Known::get`].
pub fn notice_times(known: &Known, head: &Head, found: &mut Inspection) -> Result<(), Stop> {
    let dated = head.start(known, times(known, head)?)?;
    if dated.iter().skip(4).any(|&byte| byte != 0) {
        found.tells(Private::Time);
    }
    Ok(())
}

/// Whether the entries of a box `dref` say more than that the data are in the same file.
///
/// # Errors
///
/// Any [`Stop`].
pub fn names_files(known: &Known, dref: &Head) -> Result<bool, Stop> {
    let mut entries = dref.children_after(8);
    while let Some(entry) = entries.next(known)? {
        let body = entry.start(known, 32)?;
        if number(body).is_some_and(|(_, rest)| rest.iter().any(|&byte| byte != 0)) {
            return Ok(true);
        }
    }
    Ok(false)
}

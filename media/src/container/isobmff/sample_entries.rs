//! Sample entries (ISO/IEC 14496-12, 8.5.2 and 12): the codec of a track and its
//! setup. Those of `QuickTime` differ (`QuickTime` File Format, "Sample
//! Description Atoms").

use super::header::{BoxHeader, number};
use super::metadata::is_plain;
use super::writer::Writer;
use crate::report::TrackKind;
use crate::sparse_file::ParseError;

/// Whether MP4 may hold a codec.
pub const fn fits(kind: TrackKind, codec: [u8; 4]) -> bool {
    match kind {
        TrackKind::Video => matches!(
            &codec,
            b"avc1" | b"avc3" | b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" | b"av01" | b"vp09" | b"mp4v"
        ),
        TrackKind::Audio => matches!(
            &codec,
            b"mp4a" | b"Opus" | b"ac-3" | b"ec-3" | b"alac" | b"fLaC"
        ),
        _ => true,
    }
}

/// Writes the entries of a box `stsd`.
pub fn samples(to: &mut Writer, stsd: &BoxHeader) -> Result<(), ParseError> {
    let plays = matches!(to.kind, TrackKind::Video | TrackKind::Audio);
    if !plays {
        return to.copy(stsd);
    }
    let mark = to.begin(stsd)?;
    to.out.extend_from_slice(&stsd.array::<8>(to.file, 0)?);
    let mut entries = stsd.children_after(8);
    while let Some(entry) = entries.next(to.file)? {
        if to.style.checked && !fits(to.kind, entry.kind) {
            return Err(ParseError::Unsupported(match to.kind {
                TrackKind::Video => "its picture's codec has no place in an MP4",
                _ => "its sound's codec has no place in an MP4",
            }));
        }
        match to.kind {
            TrackKind::Video => video(to, &entry)?,
            _ => audio(to, &entry)?,
        }
    }
    to.end(mark, stsd)
}

/// Writes a visual sample entry (12.1.3) without the name of its compressor.
fn video(to: &mut Writer, entry: &BoxHeader) -> Result<(), ParseError> {
    const FIXED: usize = 78;
    let mark = to.begin(entry)?;
    let mut fixed: [u8; FIXED] = entry.array(to.file, 0)?;
    let mut clear = |from: usize, to: usize| {
        let bytes = fixed.get_mut(from..to).unwrap_or_default();
        bytes.fill(0);
    };
    if to.style.from_quicktime {
        // Version, maker and qualities; size of the data.
        clear(8, 24);
        clear(36, 40);
    }
    if !to.style.keep && !is_plain(&entry.array::<32>(to.file, 42)?) {
        clear(42, 74);
    }
    to.out.extend_from_slice(&fixed);
    if to.style.from_quicktime && !to.in_place() {
        extensions(to, entry, FIXED as u64, &[])?;
    } else {
        rest(to, entry, FIXED as u64)?;
    }
    to.end(mark, entry)
}

/// Writes an audio sample entry (12.2.3) of version 0.
fn audio(to: &mut Writer, entry: &BoxHeader) -> Result<(), ParseError> {
    if !to.style.from_quicktime {
        return to.copy(entry);
    }
    let mut fixed: [u8; 28] = entry.array(to.file, 0)?;
    let version = u16::from_be_bytes(entry.array(to.file, 8)?);
    if to.in_place() {
        return if version == 0 {
            to.copy(entry)
        } else {
            Err(ParseError::Unsupported(
                "a QuickTime movie in fragments stays one",
            ))
        };
    }
    if version == 2 {
        second_version(to, entry, &mut fixed)?;
    }
    // Version, revision and maker; compression and size of packets.
    for (index, byte) in fixed.iter_mut().enumerate() {
        if matches!(index, 8..16 | 20..24) {
            *byte = 0;
        }
    }
    let mark = to.begin(entry)?;
    to.out.extend_from_slice(&fixed);
    let from = match version {
        0 => 28,
        1 => 44,
        2 => 64,
        _ => {
            return Err(ParseError::Unsupported(
                "its sound is described in an unknown way",
            ));
        }
    };
    sound_extensions(to, entry, from)?;
    to.end(mark, entry)
}

/// Takes channels and rate from where version 2 of `QuickTime` has them.
fn second_version(to: &Writer, entry: &BoxHeader, fixed: &mut [u8; 28]) -> Result<(), ParseError> {
    let rate = f64::from_be_bytes(entry.array(to.file, 32)?);
    let channels: [u8; 4] = entry.array(to.file, 40)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast saturates"
    )]
    let rate = rate as u32;
    // Rates that do not fit are left to the codec's own setup.
    let rate = u16::try_from(rate).unwrap_or_default();
    let [h, l] = rate.to_be_bytes();
    let [.., c0, c1] = channels;
    if let Some(fields) = fixed.last_chunk_mut() {
        *fields = [c0, c1, 0, 16, 0, 0, 0, 0, h, l, 0, 0];
    }
    Ok(())
}

/// Writes the boxes of an audio sample entry; those that `QuickTime` wraps in a box
/// `wave` are unwrapped.
fn sound_extensions(to: &mut Writer, entry: &BoxHeader, from: u64) -> Result<(), ParseError> {
    const SETUPS: [&[u8; 4]; 6] = [b"esds", b"alac", b"dac3", b"dec3", b"dOps", b"dfLa"];
    extensions(to, entry, from, &[b"wave", b"chan"])?;
    let Some(wave) = entry.children_after(from).find(to.file, *b"wave")? else {
        return Ok(());
    };
    let mut written = Vec::new();
    let mut direct = entry.children_after(from);
    while let Some(child) = direct.next(to.file)? {
        if SETUPS.contains(&&child.kind) && !written.contains(&child.kind) {
            written.push(child.kind);
        }
    }
    let mut children = wave.children();
    while let Some(child) = children.next(to.file)? {
        if SETUPS.contains(&&child.kind) && !written.contains(&child.kind) {
            to.copy(&child)?;
            written.push(child.kind);
        }
    }
    Ok(())
}

/// Writes the boxes of an entry of `QuickTime` that MP4 knows too.
fn extensions(
    to: &mut Writer,
    entry: &BoxHeader,
    from: u64,
    but: &[&[u8; 4]],
) -> Result<(), ParseError> {
    let mut children = entry.children_after(from);
    while let Some(child) = children.next(to.file)? {
        match &child.kind {
            b"gama" | b"uuid" | b"udta" | b"meta" | b"free" | b"skip" => {}
            name if but.contains(&name) => {}
            b"colr" => colour(to, &child)?,
            _ => to.copy(&child)?,
        }
    }
    Ok(())
}

/// Writes a colour description (12.1.5): that of `QuickTime` lacks the range.
fn colour(to: &mut Writer, colr: &BoxHeader) -> Result<(), ParseError> {
    let body = colr.all(to.file)?;
    let [b'n', b'c', b'l', b'c', codes @ ..] = body else {
        return to.copy(colr);
    };
    let mark = to.begin(colr)?;
    to.out.extend_from_slice(b"nclx");
    to.out.extend_from_slice(codes.get(..6).unwrap_or_default());
    to.out.push(0);
    to.end(mark, colr)
}

/// Copies the rest of a box.
fn rest(to: &mut Writer, header: &BoxHeader, from: u64) -> Result<(), ParseError> {
    let rest = header.all(to.file)?;
    let from = usize::try_from(from).map_err(|_| ParseError::LimitExceeded)?;
    to.out
        .extend_from_slice(rest.get(from..).unwrap_or_default());
    Ok(())
}

/// Writes a box `dref` (8.7.2) whose entries all say that the data are in the same
/// file. `QuickTime` may write names of folders there.
pub fn data(to: &mut Writer, dref: &BoxHeader) -> Result<(), ParseError> {
    const HERE: [u8; 12] = *b"\0\0\0\x0curl \0\0\0\x01";
    let mark = to.begin(dref)?;
    to.out.extend_from_slice(&dref.array::<8>(to.file, 0)?);
    let mut entries = dref.children_after(8);
    while let Some(entry) = entries.next(to.file)? {
        let body = entry.start(to.file, 5)?;
        let (flags, name) =
            number(body).ok_or(ParseError::Malformed("a place of data is too small"))?;
        if flags & 1 == 0 && name.iter().any(|&byte| byte != 0) {
            return Err(ParseError::Unsupported("its data are in another file"));
        }
        if to.in_place() {
            let at = to.begin(&entry)?;
            to.out.extend_from_slice(&flags.to_be_bytes());
            to.end(at, &entry)?;
        } else {
            to.out.extend_from_slice(&HERE);
        }
    }
    to.end(mark, dref)
}

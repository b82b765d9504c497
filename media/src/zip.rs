//! ZIP archives, and the office documents that are kept in them.

use crate::inspection::{Inspection, Kind, Private};
use crate::known::{Known, Stop};

const END: usize = 22;
/// The end of the directory may have a comment behind it, as long as this.
const LONGEST_COMMENT: usize = 65_535;
/// Enough for the end of nearly any archive.
const SHORT_TAIL: usize = 2048;
/// How much of the directory is read: some thousands of names.
const DIRECTORY: u64 = 128 * 1024;
/// How many files are looked at where there is no directory.
const MOST_LOCAL: u32 = 32;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Zip;
    let mut names = Names::default();
    let outcome = match directory(known)? {
        Place::At(at, length) => from_directory(known, at, length, &mut names),
        Place::Beyond => from_files(known, &mut names),
        Place::Missing => {
            found.truncated = true;
            from_files(known, &mut names)
        }
    };
    found.format = names.kind();
    for what in names.private {
        found.tells(what);
    }
    outcome
}

/// What the names of the archive's files tell.
#[derive(Default)]
struct Names {
    content_types: bool,
    kind: Option<Kind>,
    private: Vec<Private>,
}

impl Names {
    fn note(&mut self, name: &[u8]) {
        let what = match name {
            b"[Content_Types].xml" => {
                self.content_types = true;
                return;
            }
            b"docProps/app.xml" => Private::Device,
            _ if name.starts_with(b"docProps/thumbnail.") => Private::Thumbnail,
            _ if name.starts_with(b"docProps/") => Private::Text,
            _ => return self.belongs_to(name),
        };
        if !self.private.contains(&what) {
            self.private.push(what);
        }
    }

    fn belongs_to(&mut self, name: &[u8]) {
        let kind = match name {
            [b'w', b'o', b'r', b'd', b'/', ..] => Kind::Docx,
            [b'x', b'l', b'/', ..] => Kind::Xlsx,
            [b'p', b'p', b't', b'/', ..] => Kind::Pptx,
            _ => return,
        };
        self.kind = self.kind.or(Some(kind));
    }

    fn kind(&self) -> Kind {
        self.kind
            .filter(|_| self.content_types)
            .unwrap_or(Kind::Zip)
    }
}

/// Where the directory is.
enum Place {
    At(u64, u64),
    /// Said by a ZIP64 record, which only archives of gigabytes need.
    Beyond,
    Missing,
}

fn directory(known: &Known) -> Result<Place, Stop> {
    for searched in [SHORT_TAIL, END + LONGEST_COMMENT] {
        let (_, tail) = known.tail(searched)?;
        let end = tail.windows(END).rev().find_map(end_of_directory);
        if let Some(place) = end {
            return Ok(place);
        }
    }
    Ok(Place::Missing)
}

fn end_of_directory(record: &[u8]) -> Option<Place> {
    let number = |at: usize| Some(u32::from_le_bytes(*record.get(at..)?.first_chunk()?));
    if !record.starts_with(b"PK\x05\x06") {
        return None;
    }
    Some(match (number(12)?, number(16)?) {
        (u32::MAX, _) | (_, u32::MAX) => Place::Beyond,
        (length, at) => Place::At(u64::from(at), u64::from(length)),
    })
}

fn from_directory(known: &Known, at: u64, length: u64, names: &mut Names) -> Result<(), Stop> {
    let length = usize::try_from(length.min(DIRECTORY)).unwrap_or_default();
    let mut rest = known.get(at, length)?;
    while !rest.is_empty() {
        let Some((name, after)) = entry(rest) else {
            // What was not read of a long one is left out.
            return if length as u64 == DIRECTORY {
                Ok(())
            } else {
                Err(Stop::Malformed("the archive's directory is broken"))
            };
        };
        names.note(name);
        rest = after;
    }
    Ok(())
}

/// The name of the directory's first entry, and the entries after it.
fn entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    const HEAD: usize = 46;
    let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
    if !head.starts_with(b"PK\x01\x02") {
        return None;
    }
    let length = |at: usize| {
        Some(usize::from(u16::from_le_bytes(
            *head.get(at..)?.first_chunk()?,
        )))
    };
    let (name, rest) = rest.split_at_checked(length(28)?)?;
    let behind = length(30)?.checked_add(length(32)?)?;
    Some((name, rest.get(behind..)?))
}

/// Goes from file to file, as far as each tells where the next begins.
fn from_files(known: &Known, names: &mut Names) -> Result<(), Stop> {
    const SIZE_COMES_LATER: u8 = 8;
    let mut at = 0_u64;
    for _ in 0..MOST_LOCAL {
        let header: [u8; 30] = known.array(at)?;
        let [b'P', b'K', 3, 4, _, _, flags, ..] = header else {
            return Ok(());
        };
        let [.., s0, s1, s2, s3, _, _, _, _, n0, n1, e0, e1] = header;
        let name = u16::from_le_bytes([n0, n1]);
        let extra = u16::from_le_bytes([e0, e1]);
        let name_at = at.saturating_add(30);
        names.note(known.get(name_at, usize::from(name))?);
        if flags & SIZE_COMES_LATER != 0 {
            return Ok(());
        }
        let size = u32::from_le_bytes([s0, s1, s2, s3]);
        at = name_at
            .saturating_add(u64::from(name))
            .saturating_add(u64::from(extra))
            .saturating_add(u64::from(size));
    }
    Ok(())
}

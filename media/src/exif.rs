//! Exif: which way up a picture is, and what it tells of who took it.

use crate::inspection::{Inspection, Private};
use crate::known::{Known, Stop};

/// What an Exif block says.
#[derive(Debug, Default)]
pub(crate) struct Exif {
    /// From 1 to 8.
    pub orientation: Option<u8>,
    /// What it tells.
    pub private: Vec<Private>,
    /// Whether it is just as [`bare`] makes it, of a picture that is turned.
    pub bare: bool,
}

/// Most entries of a directory that are looked at.
const MOST_ENTRIES: u16 = 512;

const ORIENTATION: u16 = 0x0112;
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;
const SHORT: u16 = 3;

/// Reads the block between these places of the file, from its TIFF header on.
/// One that is damaged says what could be read of it.
///
/// # Errors
///
/// `Need` and `Bound`.
pub(crate) fn read(known: &Known, from: u64, to: u64) -> Result<Exif, Stop> {
    let mut exif = Exif::default();
    if to.checked_sub(from) == Some(BARE as u64) {
        let block = known.array(from)?;
        exif.orientation = (2..=8).find(|turned| bare(*turned) == block);
        exif.bare = exif.orientation.is_some();
    }
    if exif.bare {
        return Ok(exif);
    }
    exif.private.push(Private::Exif);
    match Block::open(known, from, to).and_then(|block| block.read(&mut exif)) {
        Err(stop @ (Stop::Need(_) | Stop::Bound)) => Err(stop),
        _ => Ok(exif),
    }
}

/// A TIFF inside a file: all places in it are counted from its own begin.
struct Block<'a> {
    known: &'a Known,
    from: u64,
    to: u64,
    little: bool,
}

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: [u8; 4],
}

impl<'a> Block<'a> {
    fn open(known: &'a Known, from: u64, to: u64) -> Result<Self, Stop> {
        let little = match &known.array(from)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return Err(Stop::Malformed("an Exif block that is no TIFF")),
        };
        Ok(Self {
            known,
            from,
            to,
            little,
        })
    }

    fn read(&self, exif: &mut Exif) -> Result<(), Stop> {
        let first = self.long(self.array(4)?);
        let second = self.directory(first, exif)?;
        self.thumbnail(second, exif)
    }

    /// Reads the directory at this place and those it points to, and gives the
    /// place of the next.
    fn directory(&self, at: u32, exif: &mut Exif) -> Result<u32, Stop> {
        let count = self.entries(at)?;
        for index in 0..count {
            let entry = self.entry(at, index)?;
            match entry.tag {
                ORIENTATION => exif.orientation = exif.orientation.or(self.orientation(&entry)),
                GPS_DIRECTORY => self.location(self.long(entry.value), exif)?,
                EXIF_DIRECTORY => self.details(self.long(entry.value), exif)?,
                tag => exif.private.extend(told_by(tag)),
            }
        }
        Ok(self.long(self.array(after(at, count))?))
    }

    fn orientation(&self, entry: &Entry) -> Option<u8> {
        let [a, b, ..] = entry.value;
        let turned = u8::try_from(self.short([a, b])).ok()?;
        let right = entry.kind == SHORT && entry.count == 1 && (1..=8).contains(&turned);
        right.then_some(turned)
    }

    fn details(&self, at: u32, exif: &mut Exif) -> Result<(), Stop> {
        for index in 0..self.entries(at)? {
            exif.private.extend(told_by(self.entry(at, index)?.tag));
        }
        Ok(())
    }

    /// The version alone, tag 0, is no location.
    fn location(&self, at: u32, exif: &mut Exif) -> Result<(), Stop> {
        for index in 0..self.entries(at)? {
            if self.entry(at, index)?.tag != 0 {
                exif.private.push(Private::Location);
                break;
            }
        }
        Ok(())
    }

    fn thumbnail(&self, at: u32, exif: &mut Exif) -> Result<(), Stop> {
        const STRIPS: u16 = 0x0111;
        const JPEG: u16 = 0x0201;
        if at == 0 {
            return Ok(());
        }
        for index in 0..self.entries(at)? {
            if matches!(self.entry(at, index)?.tag, STRIPS | JPEG) {
                exif.private.push(Private::Thumbnail);
            }
        }
        Ok(())
    }

    fn entries(&self, directory: u32) -> Result<u16, Stop> {
        let count = self.short(self.array(directory.into())?);
        Ok(count.min(MOST_ENTRIES))
    }

    fn entry(&self, directory: u32, index: u16) -> Result<Entry, Stop> {
        let [t, u, k, l, c0, c1, c2, c3, value @ ..] = self.array::<12>(after(directory, index))?;
        Ok(Entry {
            tag: self.short([t, u]),
            kind: self.short([k, l]),
            count: self.long([c0, c1, c2, c3]),
            value,
        })
    }

    fn array<const N: usize>(&self, at: u64) -> Result<[u8; N], Stop> {
        let at = self.from.saturating_add(at);
        if at.saturating_add(N as u64) > self.to {
            return Err(Stop::Truncated);
        }
        self.known.array(at)
    }

    const fn short(&self, bytes: [u8; 2]) -> u16 {
        if self.little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        }
    }

    const fn long(&self, bytes: [u8; 4]) -> u32 {
        if self.little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        }
    }
}

/// The place behind as many entries of the directory at `directory`.
fn after(directory: u32, entries: u16) -> u64 {
    let entries = u64::from(entries).saturating_mul(12);
    u64::from(directory)
        .saturating_add(2)
        .saturating_add(entries)
}

const fn told_by(tag: u16) -> Option<Private> {
    Some(match tag {
        // ModifyDate, DateTimeOriginal, CreateDate, their zones and fractions.
        0x0132 | 0x9003 | 0x9004 | 0x9010..=0x9012 | 0x9290..=0x9292 => Private::Time,
        // Make, Model, Software, HostComputer, MakerNote, ImageUniqueID; owner,
        // serial number and lens.
        0x010f | 0x0110 | 0x0131 | 0x013c | 0x927c | 0xa420 | 0xa430..=0xa435 => Private::Device,
        // ImageDescription, Artist, Copyright, UserComment, and Windows' own.
        0x010e | 0x013b | 0x8298 | 0x9286 | 0x9c9b..=0x9c9f => Private::Text,
        0x02bc => Private::Xmp,
        // IPTC, and Photoshop's resources around it.
        0x83bb | 0x8649 => Private::Iptc,
        _ => return None,
    })
}

const BARE: usize = 26;

/// The smallest TIFF that says which way up a picture is.
pub(crate) fn bare(orientation: u8) -> [u8; BARE] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(place) = tiff.get_mut(19) {
        *place = orientation;
    }
    tiff
}

/// How much of an XMP packet is searched for a location.
const XMP_SEARCHED: u64 = 16 * 1024;

/// What an XMP packet between these places of the file tells.
///
/// # Errors
///
/// `Need` and `Bound`.
pub(crate) fn told_by_xmp(known: &Known, from: u64, to: u64) -> Result<Vec<Private>, Stop> {
    let length = to.saturating_sub(from).min(XMP_SEARCHED);
    let packet = known.get(from, usize::try_from(length).unwrap_or_default())?;
    let located = packet.windows(8).any(|letters| letters == b"exif:GPS");
    Ok(if located {
        vec![Private::Xmp, Private::Location]
    } else {
        vec![Private::Xmp]
    })
}

impl Inspection {
    /// Notes what an Exif block says. Of several the first tells the orientation.
    pub(crate) fn has_exif(&mut self, exif: Exif) {
        self.orientation = self.orientation.or(exif.orientation);
        self.tells_all(exif.private);
    }

    /// Notes all this as private.
    pub(crate) fn tells_all(&mut self, told: Vec<Private>) {
        for what in told {
            self.tells(what);
        }
    }
}

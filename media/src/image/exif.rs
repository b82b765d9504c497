//! Exif blocks: the orientation of a picture, and which personal metadata they
//! contain. Sections are those of TIFF 6.0 and of Exif 2.32 (CIPA DC-008).

use crate::report::Private;
use crate::sparse_file::{ParseError, SparseFile};

/// What an Exif block contains.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exif {
    /// From 1 to 8 (Exif 2.32, 4.6.4, `Orientation`).
    pub orientation: Option<u8>,
    /// The categories of personal metadata.
    pub private: Vec<Private>,
    /// Whether it is one that [`minimal`] writes, of a picture that is not upright.
    pub is_minimal: bool,
}

/// Most entries of one directory that are read.
const MOST_ENTRIES: u16 = 512;
/// Most entries that are read in all.
const MOST_ENTRIES_IN_ALL: u16 = 2048;
/// The most directories that are entered: the four known ones, and as many more
/// as damaged or odd files have.
const MOST_DIRECTORIES: usize = 16;

/// Tags of the primary directory (Exif 2.32, 4.6.3 and 4.6.4).
const ORIENTATION: u16 = 0x0112;
const EXIF_IFD: u16 = 0x8769;
const GPS_IFD: u16 = 0x8825;
/// `StripOffsets` and `JPEGInterchangeFormat`: the thumbnail's data.
const STRIP_OFFSETS: u16 = 0x0111;
const JPEG_INTERCHANGE_FORMAT: u16 = 0x0201;
/// `GPSVersionID` (Exif 2.32, 4.6.6), which is no location.
const GPS_VERSION: u16 = 0;
/// The type SHORT (TIFF 6.0, section 2).
const SHORT: u16 = 3;
/// Bytes of an entry (TIFF 6.0, section 2).
const ENTRY_BYTES: u64 = 12;

/// Which directory it is (TIFF 6.0, section 2; Exif 2.32, 4.6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Primary,
    Thumbnail,
    Exif,
    Gps,
}

/// A directory that is being read.
#[derive(Clone, Copy, Debug)]
struct Directory {
    role: Role,
    offset: u32,
    count: Option<u16>,
    next_entry: u16,
}

#[derive(Clone, Copy, Debug)]
enum ByteOrder {
    Little,
    Big,
}

/// Reads the Exif block between two offsets of a file, from its TIFF header on.
///
/// Each directory is entered once, and the entries of all are bounded. A pointer
/// or directory that cannot be followed is skipped, as browsers do.
#[derive(Debug)]
pub(crate) struct ExifReader {
    from: u64,
    to: u64,
    byte_order: Option<ByteOrder>,
    pending: Vec<Directory>,
    entered: Vec<u32>,
    entries_left: u16,
    exif: Exif,
}

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: [u8; 4],
}

impl ExifReader {
    pub(crate) const fn new(from: u64, to: u64) -> Self {
        Self {
            from,
            to,
            byte_order: None,
            pending: Vec::new(),
            entered: Vec::new(),
            entries_left: MOST_ENTRIES_IN_ALL,
            exif: Exif {
                orientation: None,
                private: Vec::new(),
                is_minimal: false,
            },
        }
    }

    /// Reads on, to be called again after `Incomplete`; `LimitExceeded` is the
    /// only other error. A damaged block gives what could be read of it.
    pub(crate) fn read(&mut self, file: &SparseFile) -> Result<Exif, ParseError> {
        match self.read_all(file) {
            Err(error @ (ParseError::Incomplete(_) | ParseError::LimitExceeded)) => Err(error),
            _ => Ok(std::mem::take(&mut self.exif)),
        }
    }

    fn read_all(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        if self.byte_order.is_none() {
            self.open(file)?;
        }
        while let Some(directory) = self.pending.pop() {
            match self.advance(file, directory) {
                Ok(Some(directory)) => self.pending.push(directory),
                Err(error @ (ParseError::Incomplete(_) | ParseError::LimitExceeded)) => {
                    self.pending.push(directory);
                    return Err(error);
                }
                Ok(None) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// Reads the header (TIFF 6.0, section 2): byte order, 42, the first directory.
    fn open(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        if self.to.checked_sub(self.from) == Some(MINIMAL_BYTES as u64) {
            let block = file.array(self.from)?;
            self.exif.orientation = (2..=8).find(|it| minimal(*it) == block);
            self.exif.is_minimal = self.exif.orientation.is_some();
            if self.exif.is_minimal {
                return Ok(());
            }
        }
        let header = self.array::<8>(file, 0);
        if let Err(error @ (ParseError::Incomplete(_) | ParseError::LimitExceeded)) = header {
            return Err(error);
        }
        self.exif.private.push(Private::Exif);
        let [mark @ .., a, b, c, d] = header?;
        let order = match &mark {
            b"II*\0" => ByteOrder::Little,
            b"MM\0*" => ByteOrder::Big,
            _ => return Err(ParseError::Malformed("an Exif block without a TIFF header")),
        };
        self.byte_order = Some(order);
        self.enter(Role::Primary, long(order, [a, b, c, d]));
        Ok(())
    }

    fn enter(&mut self, role: Role, offset: u32) {
        if self.entered.len() < MOST_DIRECTORIES && !self.entered.contains(&offset) {
            self.entered.push(offset);
            self.pending.push(Directory {
                role,
                offset,
                count: None,
                next_entry: 0,
            });
        }
    }

    /// Reads one entry of a directory. `None` at its end.
    fn advance(
        &mut self,
        file: &SparseFile,
        mut directory: Directory,
    ) -> Result<Option<Directory>, ParseError> {
        let Some(order) = self.byte_order else {
            return Ok(None);
        };
        let start = u64::from(directory.offset);
        let Some(count) = directory.count else {
            let count = short(order, self.array(file, start)?);
            directory.count = Some(count.min(MOST_ENTRIES));
            return Ok(Some(directory));
        };
        let skipped = u64::from(directory.next_entry).saturating_mul(ENTRY_BYTES);
        let at = start.saturating_add(2).saturating_add(skipped);
        if directory.next_entry == count {
            // Behind the entries, the offset of the next directory.
            if directory.role == Role::Primary {
                match long(order, self.array(file, at)?) {
                    0 => {}
                    next => self.enter(Role::Thumbnail, next),
                }
            }
            return Ok(None);
        }
        let [t0, t1, k0, k1, c0, c1, c2, c3, value @ ..] = self.array::<12>(file, at)?;
        let entry = Entry {
            tag: short(order, [t0, t1]),
            kind: short(order, [k0, k1]),
            count: long(order, [c0, c1, c2, c3]),
            value,
        };
        let Some(left) = self.entries_left.checked_sub(1) else {
            self.pending.clear();
            return Ok(None);
        };
        self.entries_left = left;
        directory.next_entry = directory.next_entry.saturating_add(1);
        self.note(order, directory.role, &entry);
        Ok(Some(directory))
    }

    fn note(&mut self, order: ByteOrder, role: Role, entry: &Entry) {
        match (role, entry.tag) {
            (Role::Primary, ORIENTATION) => {
                let orientation = orientation(order, entry);
                self.exif.orientation = self.exif.orientation.or(orientation);
            }
            (Role::Primary, EXIF_IFD) => self.enter(Role::Exif, long(order, entry.value)),
            (Role::Primary, GPS_IFD) => self.enter(Role::Gps, long(order, entry.value)),
            (Role::Primary | Role::Exif, tag) => self.tells(category(tag)),
            (Role::Thumbnail, STRIP_OFFSETS | JPEG_INTERCHANGE_FORMAT) => {
                self.tells(Some(Private::Thumbnail));
            }
            (Role::Gps, tag) if tag != GPS_VERSION => self.tells(Some(Private::Location)),
            (Role::Thumbnail | Role::Gps, _) => {}
        }
    }

    fn tells(&mut self, what: Option<Private>) {
        if let Some(what) = what
            && !self.exif.private.contains(&what)
        {
            self.exif.private.push(what);
        }
    }

    /// Bytes of the block, at an offset that is counted from its header.
    fn array<const N: usize>(&self, file: &SparseFile, at: u64) -> Result<[u8; N], ParseError> {
        let at = self.from.saturating_add(at);
        if at.saturating_add(N as u64) > self.to {
            return Err(ParseError::Truncated);
        }
        file.array(at)
    }
}

fn orientation(order: ByteOrder, entry: &Entry) -> Option<u8> {
    let [a, b, ..] = entry.value;
    let value = u8::try_from(short(order, [a, b])).ok()?;
    let is_valid = entry.kind == SHORT && entry.count == 1 && (1..=8).contains(&value);
    is_valid.then_some(value)
}

const fn short(order: ByteOrder, bytes: [u8; 2]) -> u16 {
    match order {
        ByteOrder::Little => u16::from_le_bytes(bytes),
        ByteOrder::Big => u16::from_be_bytes(bytes),
    }
}

const fn long(order: ByteOrder, bytes: [u8; 4]) -> u32 {
    match order {
        ByteOrder::Little => u32::from_le_bytes(bytes),
        ByteOrder::Big => u32::from_be_bytes(bytes),
    }
}

/// The category of a tag (Exif 2.32, 4.6.4, 4.6.5 and 4.6.8; TIFF 6.0).
const fn category(tag: u16) -> Option<Private> {
    Some(match tag {
        // DateTime, DateTimeOriginal, DateTimeDigitized, offsets and fractions.
        0x0132 | 0x9003 | 0x9004 | 0x9010..=0x9012 | 0x9290..=0x9292 => Private::Time,
        // Make, Model, Software, HostComputer, MakerNote, ImageUniqueID; owner,
        // serial numbers and lens.
        0x010f | 0x0110 | 0x0131 | 0x013c | 0x927c | 0xa420 | 0xa430..=0xa435 => Private::Device,
        // ImageDescription, Artist, Copyright, UserComment, and Windows' own.
        0x010e | 0x013b | 0x8298 | 0x9286 | 0x9c9b..=0x9c9f => Private::Text,
        0x02bc => Private::Xmp,
        // IPTC, and Photoshop's resources around it.
        0x83bb | 0x8649 => Private::Iptc,
        _ => return None,
    })
}

const MINIMAL_BYTES: usize = 26;

/// The smallest block with an orientation: a header, and a directory of one entry
/// (TIFF 6.0, section 2).
pub(crate) fn minimal(orientation: u8) -> [u8; MINIMAL_BYTES] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(value) = tiff.get_mut(19) {
        *value = orientation;
    }
    tiff
}

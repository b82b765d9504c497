//! OLE compound files (MS-CFB): a file system of sectors, in which older office
//! documents are kept.

use crate::bytes::Cursor;
use crate::formats::Format;
use crate::reader::Reader;
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// Most directory entries that are read, and most sectors of the directory.
const MOST_ENTRIES: usize = 2048;
const MOST_SECTORS: u32 = 512;
/// Sectors of the file allocation table that the header lists (2.2): enough for
/// files of 7 MB.
const LISTED: u32 = 109;
/// The largest regular sector number (2.1).
const MAX_REGULAR_SECTOR: u32 = 0xffff_fffa;
/// Bytes of a directory entry (2.6.1).
const ENTRY_BYTES: usize = 128;

/// Reads a compound file.
#[derive(Debug, Default)]
pub(crate) struct OleReader {
    header: Option<Header>,
    /// The directory's next sector, and how many were read.
    directory_sector: u32,
    directory_sectors: u32,
    directory_read: bool,
    entries: Vec<Entry>,
    /// How many sectors of the allocation table were checked.
    checked: u32,
}

/// The file header (2.2).
#[derive(Clone, Copy, Debug)]
struct Header {
    /// The sector size is 2 to the power of this.
    shift: u16,
    /// Sectors of the file allocation table.
    table_sectors: u32,
    first_directory: u32,
    /// Streams smaller than this are in the mini stream.
    mini_cutoff: u32,
}

/// A directory entry (2.6.1).
#[derive(Clone, Debug)]
struct Entry {
    /// Its siblings in the tree of its storage, and its first child.
    left: u32,
    right: u32,
    child: u32,
    is_stream: bool,
    start: u32,
    size: u32,
    stream: Stream,
}

/// What a stream is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    /// The main stream of a document (MS-DOC 2.1.1, MS-XLS 2.1.2, MS-PPT 2.1.1).
    Document(Format),
    /// Title, author, times (MS-OLEPS, 2.21).
    Properties,
    /// A document that is protected by a password (MS-OFFCRYPTO, 2.3.4.4).
    EncryptedPackage,
    Other,
}

/// Why an encrypted document is not taken.
const ENCRYPTED: &str = "it is protected by a password";

impl Reader for OleReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        if self.header.is_none() {
            report.format = Format::Ole;
            let header = Header::read(file)?;
            self.directory_sector = header.first_directory;
            self.header = Some(header);
        }
        let Some(header) = self.header else {
            return Ok(());
        };
        if !self.directory_read {
            match self.directory(file, header) {
                // What was read of a directory that is cut or too long.
                Err(ParseError::Truncated) => {
                    self.note(report);
                    return Err(ParseError::Truncated);
                }
                Ok(()) | Err(ParseError::LimitExceeded) => {}
                Err(error) => return Err(error),
            }
            self.directory_read = true;
            if self.note(report) {
                return Err(ParseError::Unsupported(ENCRYPTED));
            }
        }
        self.check_sectors(file, header)
    }
}

impl OleReader {
    /// Reads the directory's sectors (2.6).
    fn directory(&mut self, file: &SparseFile, header: Header) -> Result<(), ParseError> {
        while self.directory_sector <= MAX_REGULAR_SECTOR
            && self.directory_sectors < MOST_SECTORS.min(header.sectors(file))
            && self.entries.len() < MOST_ENTRIES
        {
            let from = header.offset(self.directory_sector);
            let bytes = file.get(from, header.sector_bytes())?;
            let next = header.next(file, self.directory_sector)?;
            self.entries
                .extend(bytes.as_chunks().0.iter().map(Entry::of));
            self.directory_sector = next;
            self.directory_sectors = self.directory_sectors.saturating_add(1);
        }
        // The root entry is always there (2.6.2).
        if self.entries.is_empty() {
            return Err(ParseError::Truncated);
        }
        Ok(())
    }

    /// Notes what the root storage contains. Whether it is an encrypted package.
    fn note(&self, report: &mut Inspection) -> bool {
        let streams = self.root_streams();
        let mut documents = streams.iter().filter_map(|stream| match stream {
            Stream::Document(format) => Some(*format),
            _ => None,
        });
        report.format = documents.next_back().unwrap_or(report.format);
        if streams.contains(&Stream::Properties) {
            report.tells(Private::Text);
        }
        streams.contains(&Stream::EncryptedPackage)
    }

    /// The streams of the root storage: embedded documents have some of the same
    /// names in theirs.
    fn root_streams(&self) -> Vec<Stream> {
        let mut streams = Vec::new();
        let mut visited = vec![false; self.entries.len()];
        let mut pending: Vec<u32> = self
            .entries
            .first()
            .map(|root| root.child)
            .into_iter()
            .collect();
        while let Some(index) = pending.pop() {
            let index = usize::try_from(index).unwrap_or(usize::MAX);
            let (Some(entry), Some(seen)) = (self.entries.get(index), visited.get_mut(index))
            else {
                continue;
            };
            // Each entry once, however often the tree names it.
            if std::mem::replace(seen, true) {
                continue;
            }
            pending.extend([entry.left, entry.right]);
            streams.push(entry.stream);
        }
        streams
    }

    /// Whether a stream begins behind the end of a file of `size` bytes.
    fn misses_stream(&self, header: Header, size: u64) -> bool {
        self.entries.iter().any(|entry| {
            let in_mini_stream = entry.is_stream && entry.size < header.mini_cutoff;
            entry.size > 0 && !in_mini_stream && header.is_missing(entry.start, size)
        })
    }

    /// Whether a sector that is in use lies behind the end of the file. In use are
    /// those that follow another in the table, and the first ones of streams: what
    /// else the table marks, no reader visits. Some programs write the last sector
    /// only as far as it is filled.
    fn check_sectors(&mut self, file: &SparseFile, header: Header) -> Result<(), ParseError> {
        let size = file.size();
        if self.checked == 0 && self.misses_stream(header, size) {
            return Err(ParseError::Truncated);
        }
        let most = header.table_sectors.min(LISTED).min(header.sectors(file));
        while self.checked < most {
            let table = header.table(file, self.checked)?;
            let mut next = table.as_chunks().0.iter().copied().map(u32::from_le_bytes);
            if next.any(|sector| header.is_missing(sector, size)) {
                return Err(ParseError::Truncated);
            }
            self.checked = self.checked.saturating_add(1);
        }
        Ok(())
    }
}

impl Header {
    fn read(file: &SparseFile) -> Result<Self, ParseError> {
        Self::parse(file.get(0, 76)?)
    }

    fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        let field = |at| Cursor::at(bytes, at).u32_le().unwrap_or_default();
        let shift = Cursor::at(bytes, 30).u16_le().unwrap_or_default();
        if shift != 9 && shift != 12 {
            return Err(ParseError::Malformed(
                "a compound file of no known sector size",
            ));
        }
        Ok(Self {
            shift,
            table_sectors: field(44),
            first_directory: field(48),
            mini_cutoff: field(56),
        })
    }

    fn sector_bytes(self) -> usize {
        1_usize.checked_shl(self.shift.into()).unwrap_or_default()
    }

    /// How many sectors the file has: a chain that is longer has a cycle.
    fn sectors(self, file: &SparseFile) -> u32 {
        let sectors = file.size().checked_shr(self.shift.into());
        u32::try_from(sectors.unwrap_or_default()).unwrap_or(u32::MAX)
    }

    /// Whether a sector lies behind the end of a file of `size` bytes.
    fn is_missing(self, sector: u32, size: u64) -> bool {
        sector <= MAX_REGULAR_SECTOR && self.offset(sector) >= size
    }

    /// Where a sector begins: the header takes the space of one (2.2).
    fn offset(self, sector: u32) -> u64 {
        let number = u64::from(sector).saturating_add(1);
        number.checked_shl(self.shift.into()).unwrap_or(u64::MAX)
    }

    /// A sector of the file allocation table, by its index in the header's list.
    fn table(self, file: &SparseFile, index: u32) -> Result<&[u8], ParseError> {
        if index >= LISTED {
            return Err(ParseError::LimitExceeded);
        }
        let listed = u64::from(index).saturating_mul(4).saturating_add(76);
        let sector = u32::from_le_bytes(file.array(listed)?);
        file.get(self.offset(sector), self.sector_bytes())
    }

    /// The sector that follows one (2.3).
    fn next(self, file: &SparseFile, sector: u32) -> Result<u32, ParseError> {
        let entries = u32::try_from(self.sector_bytes() / 4).unwrap_or(1).max(1);
        let table = self.table(file, sector.checked_div(entries).unwrap_or_default())?;
        let index = sector.checked_rem(entries).unwrap_or_default();
        let at = usize::try_from(index).unwrap_or_default().saturating_mul(4);
        Cursor::at(table, at).u32_le().ok_or(ParseError::Truncated)
    }
}

impl Entry {
    fn of(raw: &[u8; ENTRY_BYTES]) -> Self {
        let field = |at| Cursor::at(raw, at).u32_le().unwrap_or(u32::MAX);
        Self {
            left: field(68),
            right: field(72),
            child: field(76),
            is_stream: raw.get(66) == Some(&2),
            start: field(116),
            size: field(120),
            stream: Stream::named(raw.get(..64).unwrap_or_default()),
        }
    }
}

impl Stream {
    /// By its name in UTF-16, which zeros end (2.6.1).
    fn named(name: &[u8]) -> Self {
        let units = name.as_chunks().0.iter();
        let units = units.map(|unit| u16::from_le_bytes(*unit));
        let is = |known: &str| {
            units
                .clone()
                .take_while(|unit| *unit != 0)
                .eq(known.encode_utf16())
        };
        if is("WordDocument") {
            Self::Document(Format::Doc)
        } else if is("Workbook") || is("Book") {
            Self::Document(Format::Xls)
        } else if is("PowerPoint Document") {
            Self::Document(Format::Ppt)
        } else if is("\x05SummaryInformation") || is("\x05DocumentSummaryInformation") {
            Self::Properties
        } else if is("EncryptedPackage") {
            Self::EncryptedPackage
        } else {
            Self::Other
        }
    }
}

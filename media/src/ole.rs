//! OLE compound files: a file system of sectors, in which older office documents are kept.

use crate::inspection::{Inspection, Kind, Private};
use crate::known::{Known, Stop};

/// How many sectors of the directory are read.
const MOST_SECTORS: usize = 64;
/// How many entries of it are looked at.
const MOST_ENTRIES: usize = 512;
/// The table's sectors that the header itself lists: enough for files of 7 MB.
const LISTED: u32 = 109;
/// Marks above this are no sectors.
const LAST_SECTOR: u32 = 0xffff_fffa;
const FREE: u32 = u32::MAX;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Ole;
    let sectors = Sectors::of(known)?;
    found.truncated = sectors.last_begins_beyond()?;
    let directory = directory(&sectors)?;
    // Only the root's own: what is embedded has streams of the same names.
    let Some(root) = directory.first() else {
        return Ok(());
    };
    let mut left = vec![root.child];
    for _ in 0..directory.len() {
        let Some(index) = left.pop() else { break };
        let entry = usize::try_from(index)
            .ok()
            .and_then(|index| directory.get(index));
        let Some(entry) = entry else { continue };
        left.extend([entry.before, entry.after]);
        match entry.stream {
            Stream::Of(kind) => found.format = kind,
            Stream::Properties => found.tells(Private::Text),
            Stream::Other => {}
        }
    }
    Ok(())
}

/// The file's sectors, of which a table says for each which one follows.
struct Sectors<'known> {
    known: &'known Known,
    /// The sector's size is 2 to the power of this.
    shift: u16,
    /// Of the table, in sectors.
    table_length: u32,
    first_of_directory: u32,
}

impl<'known> Sectors<'known> {
    fn of(known: &'known Known) -> Result<Self, Stop> {
        let shift = u16::from_le_bytes(known.array(30)?);
        if shift != 9 && shift != 12 {
            return Err(Stop::Malformed("a compound file of no known sector size"));
        }
        Ok(Self {
            known,
            shift,
            table_length: u32::from_le_bytes(known.array(44)?),
            first_of_directory: u32::from_le_bytes(known.array(48)?),
        })
    }

    fn size(&self) -> usize {
        1 << self.shift
    }

    /// Where a sector begins: the header takes the place of one.
    fn place(&self, sector: u32) -> u64 {
        u64::from(sector).saturating_add(1) << self.shift
    }

    fn get(&self, sector: u32) -> Result<&'known [u8], Stop> {
        self.known.get(self.place(sector), self.size())
    }

    /// A sector of the table, by its place in the header's list.
    fn of_table(&self, index: u32) -> Result<&'known [u8], Stop> {
        if index >= LISTED {
            return Err(Stop::Bound);
        }
        let listed = u64::from(index).saturating_mul(4).saturating_add(76);
        self.get(u32::from_le_bytes(self.known.array(listed)?))
    }

    fn next(&self, sector: u32) -> Result<u32, Stop> {
        // Four bytes each.
        let bits = self.shift.saturating_sub(2);
        let table = self.of_table(sector >> bits)?;
        let index = sector & (1_u32 << bits).wrapping_sub(1);
        let marks = usize::try_from(index)
            .ok()
            .and_then(|index| table.as_chunks().0.get(index));
        marks.map_or(Err(Stop::Truncated), |mark| Ok(u32::from_le_bytes(*mark)))
    }

    /// Whether the last sector in use would begin behind the file's end. A file whose table is
    /// longer than the header's list is not looked at.
    fn last_begins_beyond(&self) -> Result<bool, Stop> {
        let Some(last) = self
            .table_length
            .checked_sub(1)
            .filter(|last| *last < LISTED)
        else {
            return Ok(false);
        };
        let marks = self.of_table(last)?.as_chunks().0;
        let Some(used) = marks
            .iter()
            .rposition(|mark| u32::from_le_bytes(*mark) != FREE)
        else {
            return Ok(false);
        };
        let used = u32::try_from(used).unwrap_or_default();
        let before = last << self.shift.saturating_sub(2);
        Ok(self.place(before.saturating_add(used)) >= self.known.size())
    }
}

/// What an entry of the directory is, and its neighbours in the tree of its storage.
struct Entry {
    before: u32,
    after: u32,
    child: u32,
    stream: Stream,
}

enum Stream {
    /// The one that makes the document.
    Of(Kind),
    /// Title, author, times.
    Properties,
    Other,
}

fn directory(sectors: &Sectors) -> Result<Vec<Entry>, Stop> {
    let mut entries = Vec::new();
    let mut sector = sectors.first_of_directory;
    for _ in 0..MOST_SECTORS {
        if sector >= LAST_SECTOR || entries.len() >= MOST_ENTRIES {
            break;
        }
        let (raw, _) = sectors.get(sector)?.as_chunks();
        entries.extend(raw.iter().map(Entry::of));
        sector = sectors.next(sector)?;
    }
    Ok(entries)
}

impl Entry {
    fn of(raw: &[u8; 128]) -> Self {
        let number = |at: usize| {
            let bytes = raw.get(at..).and_then(<[u8]>::first_chunk);
            bytes.map_or(FREE, |bytes| u32::from_le_bytes(*bytes))
        };
        Self {
            before: number(68),
            after: number(72),
            child: number(76),
            stream: Stream::named(raw.get(..64).unwrap_or_default()),
        }
    }
}

impl Stream {
    /// By its name, of two bytes a letter, with zeros behind it.
    fn named(name: &[u8]) -> Self {
        let letters = name
            .as_chunks()
            .0
            .iter()
            .map(|letter| u16::from_le_bytes(*letter));
        let is = |known: &str| {
            letters
                .clone()
                .take_while(|letter| *letter != 0)
                .eq(known.encode_utf16())
        };
        if is("WordDocument") {
            Self::Of(Kind::Doc)
        } else if is("Workbook") || is("Book") {
            Self::Of(Kind::Xls)
        } else if is("PowerPoint Document") {
            Self::Of(Kind::Ppt)
        } else if is("\x05SummaryInformation") || is("\x05DocumentSummaryInformation") {
            Self::Properties
        } else {
            Self::Other
        }
    }
}

//! ZIP archives (PKWARE's APPNOTE 6.3.10), and the office documents in them.

use super::ooxml::{CONTENT_TYPES, Package};
use crate::bytes::Cursor;
use crate::formats::Format;
use crate::reader::Reader;
use crate::report::Inspection;
use crate::sparse_file::{ParseError, SparseFile};

/// Bytes of the end of central directory record (4.3.16).
const END_BYTES: usize = 22;
/// Behind that record there may be a comment of this length.
const LONGEST_COMMENT: usize = 65_535;
/// Enough for the record of nearly any archive.
const SHORT_TAIL: usize = 2048;
/// How much of the central directory is read, in bytes: some thousands of names.
const LONGEST_DIRECTORY: u64 = 96 * 1024;
/// How many files are visited where there is no central directory.
const MOST_LOCAL: u32 = 32;
/// The longest list of content types that is read, in bytes as they are stored.
const LONGEST_PACKED: u32 = 32 * 1024;
/// Bytes of a local file header without its name (4.3.7).
const LOCAL_BYTES: u64 = 30;

/// Reads an archive.
#[derive(Debug, Default)]
pub(crate) struct ZipReader {
    stage: Stage,
    package: Package,
    /// The list of content types.
    content_types: Option<Member>,
    is_truncated: bool,
}

/// A file in the archive.
#[derive(Clone, Copy, Debug)]
struct Member {
    /// Where its local header is.
    header: u64,
    method: u16,
    packed: u32,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    #[default]
    End,
    /// The central directory, with its offset and length.
    Directory(u64, u64),
    /// The local headers, with the offset of the next and how many were visited.
    Local(u64, u32),
    ContentTypes,
}

impl Reader for ZipReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::Zip;
        let outcome = self.advance(file);
        if let Err(ParseError::Incomplete(_)) = outcome {
            return outcome;
        }
        let (format, refusal) = self.package.format();
        report.format = format;
        report.tells_all(&self.package.private);
        match outcome {
            Ok(()) | Err(ParseError::LimitExceeded) if self.is_truncated => {
                Err(ParseError::Truncated)
            }
            Ok(()) | Err(ParseError::LimitExceeded) => {
                refusal.map_or(Ok(()), |words| Err(ParseError::Unsupported(words)))
            }
            error => error,
        }
    }
}

impl ZipReader {
    fn advance(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        loop {
            match self.stage {
                Stage::End => self.stage = self.find_end(file)?,
                Stage::Directory(at, length) => {
                    self.directory(file, at, length)?;
                    self.stage = Stage::ContentTypes;
                }
                Stage::Local(at, count) => {
                    self.stage = match self.local(file, at)? {
                        Some(next) if count < MOST_LOCAL => {
                            Stage::Local(next, count.saturating_add(1))
                        }
                        _ => Stage::ContentTypes,
                    };
                }
                Stage::ContentTypes => return self.read_content_types(file),
            }
        }
    }

    /// Finds the end of central directory record, from behind.
    fn find_end(&mut self, file: &SparseFile) -> Result<Stage, ParseError> {
        for searched in [SHORT_TAIL, END_BYTES + LONGEST_COMMENT] {
            let (_, tail) = file.tail(searched)?;
            let mut records = tail.windows(END_BYTES).rev();
            if let Some(stage) = records.find_map(end_of_directory) {
                return Ok(stage);
            }
        }
        self.is_truncated = true;
        Ok(Stage::Local(0, 0))
    }

    /// Reads the central directory (4.3.12), or the beginning of a long one.
    fn directory(&mut self, file: &SparseFile, at: u64, length: u64) -> Result<(), ParseError> {
        let read = usize::try_from(length.min(LONGEST_DIRECTORY)).unwrap_or_default();
        let mut rest = Cursor::new(file.get(at, read)?);
        while !rest.rest().is_empty() {
            let Some((name, member)) = entry(&mut rest) else {
                return if length > LONGEST_DIRECTORY {
                    Ok(())
                } else {
                    Err(ParseError::Malformed("the archive's directory is broken"))
                };
            };
            self.note(name, member);
        }
        Ok(())
    }

    fn note(&mut self, name: &[u8], member: Member) {
        self.package.note_name(name);
        if name.eq_ignore_ascii_case(CONTENT_TYPES.as_bytes()) {
            self.content_types = self.content_types.or(Some(member));
        }
    }

    /// Reads a local file header (4.3.7), and says where the next one is.
    fn local(&mut self, file: &SparseFile, at: u64) -> Result<Option<u64>, ParseError> {
        /// Bit 3 of the flags: the sizes are behind the data (4.4.4).
        const SIZE_COMES_LATER: u8 = 8;
        let [b'P', b'K', 3, 4, _, _, flags, _, m0, m1, rest @ ..] = file.array::<30>(at)? else {
            return Ok(None);
        };
        let [.., s0, s1, s2, s3, _, _, _, _, n0, n1, e0, e1] = rest;
        let (name, extra) = (u16::from_le_bytes([n0, n1]), u16::from_le_bytes([e0, e1]));
        let packed = u32::from_le_bytes([s0, s1, s2, s3]);
        let name_at = at.saturating_add(LOCAL_BYTES);
        let method = u16::from_le_bytes([m0, m1]);
        let name_bytes = file.get(name_at, usize::from(name))?;
        self.note(
            name_bytes,
            Member {
                header: at,
                method,
                packed,
            },
        );
        if flags & SIZE_COMES_LATER != 0 {
            return Ok(None);
        }
        let data = name_at
            .saturating_add(name.into())
            .saturating_add(extra.into());
        Ok(Some(data.saturating_add(packed.into())))
    }

    /// Reads the list of content types, if it is there and short enough.
    fn read_content_types(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        let Some(member) = self.content_types else {
            return Ok(());
        };
        let [.., n0, n1, e0, e1] = file.array::<30>(member.header)?;
        let (name, extra) = (u16::from_le_bytes([n0, n1]), u16::from_le_bytes([e0, e1]));
        let from = member.header.saturating_add(LOCAL_BYTES);
        let from = from
            .saturating_add(name.into())
            .saturating_add(extra.into());
        if member.packed > LONGEST_PACKED {
            return Ok(());
        }
        let length = usize::try_from(member.packed).unwrap_or_default();
        match member.method {
            STORED => self
                .package
                .note_content_types(file.get_up_to(from, length)?),
            DEFLATED => self.package.note_content_types(file.inflate(from, length)?),
            _ => {}
        }
        Ok(())
    }
}

/// Compression methods (4.4.5).
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Where the central directory is, by the record of its end (4.3.16).
fn end_of_directory(record: &[u8]) -> Option<Stage> {
    let mut fields = Cursor::new(record.strip_prefix(b"PK\x05\x06")?);
    fields.take(8)?;
    Some(match (fields.u32_le()?, fields.u32_le()?) {
        // A ZIP64 record says it, which only archives of gigabytes need.
        (u32::MAX, _) | (_, u32::MAX) => Stage::Local(0, 0),
        (length, at) => Stage::Directory(at.into(), length.into()),
    })
}

/// Takes an entry of the central directory: its name, and what is needed to read it.
fn entry<'a>(bytes: &mut Cursor<'a>) -> Option<(&'a [u8], Member)> {
    let mut fields = Cursor::new(bytes.take(46)?.strip_prefix(b"PK\x01\x02")?);
    fields.take(6)?;
    let method = fields.u16_le()?;
    fields.take(8)?;
    let packed = fields.u32_le()?;
    fields.take(4)?;
    let (name, extra, comment) = (fields.u16_le()?, fields.u16_le()?, fields.u16_le()?);
    fields.take(8)?;
    let header = fields.u32_le()?.into();
    let name = bytes.take(name.into())?;
    bytes.take(usize::from(extra).checked_add(comment.into())?)?;
    Some((
        name,
        Member {
            header,
            method,
            packed,
        },
    ))
}

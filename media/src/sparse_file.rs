//! A file of which only some byte ranges are in memory.
//!
//! Parsers read through [`SparseFile`]. A range that is missing ends the call
//! with [`ParseError::Incomplete`]; the caller reads it from the file, adds it
//! and calls again. A parser keeps its position between calls, so it continues
//! where it stopped.

use std::cell::Cell;

/// A range of bytes within a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteRange {
    /// Offset of its first byte.
    pub offset: u64,
    /// Length in bytes; never 0.
    pub length: usize,
    /// Whether these are raw DEFLATE data (RFC 1951) whose content is needed: added
    /// with [`SparseFile::add_inflated`]. Whoever cannot inflate them adds nothing,
    /// and the parser does without.
    pub deflated: bool,
}

/// What a parser that can be continued answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress<T> {
    /// It has finished.
    Done(T),
    /// It needs these bytes: add them and call it again.
    Need(ByteRange),
}

/// Why a parser returned without a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// It needs these bytes: add them with [`SparseFile::add`] and call it again.
    Incomplete(ByteRange),
    /// The file ends before its content does.
    Truncated,
    /// The file violates its own format, in these words.
    Malformed(&'static str),
    /// The file is valid and cannot be sent, in these words.
    Unsupported(&'static str),
    /// The parser would have to read or do more than it may.
    LimitExceeded,
}

/// A file of which some byte ranges are in memory.
#[derive(Clone, Debug)]
pub struct SparseFile {
    size: u64,
    /// In the order of their offsets.
    slices: Vec<Slice>,
    read_ahead: usize,
    budget: u64,
    bytes_read: u64,
    steps: Cell<u64>,
    inflated_requested: Cell<bool>,
    inflated: Vec<u8>,
}

#[derive(Clone, Debug)]
struct Slice {
    offset: u64,
    bytes: Vec<u8>,
}

impl SparseFile {
    /// A file of `size` bytes, none of them in memory. Each request asks for at
    /// least `read_ahead` bytes, where the file has them; all requests together
    /// ask for at most `budget` bytes.
    #[must_use]
    pub const fn new(size: u64, read_ahead: usize, budget: u64) -> Self {
        Self {
            size,
            slices: Vec::new(),
            read_ahead,
            budget,
            bytes_read: 0,
            steps: Cell::new(0),
            inflated_requested: Cell::new(false),
            inflated: Vec::new(),
        }
    }

    /// The file's size in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// How many bytes were added.
    #[must_use]
    pub const fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// How often a parser has looked at bytes: a measure of its work.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.steps.get()
    }

    /// `length` bytes from `offset`.
    ///
    /// # Errors
    ///
    /// `Incomplete` if they are not in memory, `Truncated` if the file ends
    /// before them, `LimitExceeded` if the budget does not allow to read them.
    pub fn get(&self, offset: u64, length: usize) -> Result<&[u8], ParseError> {
        let end = offset.saturating_add(length as u64);
        if end > self.size {
            return Err(ParseError::Truncated);
        }
        // An empty range is always available.
        if length == 0 {
            return Ok(&[]);
        }
        self.steps.set(self.steps.get().saturating_add(1));
        let after = self.slices.partition_point(|slice| slice.offset <= offset);
        let before = self.slices.get(..after).unwrap_or_default();
        match before.iter().rev().find_map(|it| it.get(offset, length)) {
            Some(bytes) => Ok(bytes),
            None => Err(self.request(offset, length)),
        }
    }

    /// `N` bytes from `offset`, as [`SparseFile::get`].
    ///
    /// # Errors
    ///
    /// As [`SparseFile::get`].
    pub fn array<const N: usize>(&self, offset: u64) -> Result<[u8; N], ParseError> {
        <[u8; N]>::try_from(self.get(offset, N)?).map_err(|_| ParseError::Truncated)
    }

    /// At most `longest` bytes from `offset`, fewer at the end of the file.
    ///
    /// # Errors
    ///
    /// As [`SparseFile::get`].
    pub fn get_up_to(&self, offset: u64, longest: usize) -> Result<&[u8], ParseError> {
        let left = self.size.saturating_sub(offset);
        self.get(
            offset,
            usize::try_from(left).unwrap_or(longest).min(longest),
        )
    }

    /// The last `longest` bytes, or the whole of a shorter file, and their offset.
    ///
    /// # Errors
    ///
    /// As [`SparseFile::get`].
    pub fn tail(&self, longest: usize) -> Result<(u64, &[u8]), ParseError> {
        let offset = self.size.saturating_sub(longest as u64);
        Ok((offset, self.get_up_to(offset, longest)?))
    }

    fn request(&self, offset: u64, length: usize) -> ParseError {
        let left = self.size.saturating_sub(offset);
        let wanted = length.max(self.read_ahead) as u64;
        if wanted > self.budget {
            return ParseError::LimitExceeded;
        }
        // Not longer than `wanted`, which was made of a `usize`.
        let length = usize::try_from(wanted.min(left)).unwrap_or(length);
        ParseError::Incomplete(ByteRange {
            offset,
            length,
            deflated: false,
        })
    }

    /// The content of DEFLATE data, or nothing where it was not added. A parser may
    /// ask for one range of them.
    ///
    /// # Errors
    ///
    /// `Incomplete` once, `Truncated` if the file ends before the data.
    pub fn inflate(&self, offset: u64, length: usize) -> Result<&[u8], ParseError> {
        if offset.saturating_add(length as u64) > self.size {
            return Err(ParseError::Truncated);
        }
        if length > 0 && !self.inflated_requested.replace(true) {
            return Err(ParseError::Incomplete(ByteRange {
                offset,
                length,
                deflated: true,
            }));
        }
        Ok(&self.inflated)
    }

    /// Adds the content of the DEFLATE data that were asked for, or its beginning.
    pub fn add_inflated(&mut self, bytes: Vec<u8>) {
        self.inflated = bytes;
    }

    /// Adds bytes that were asked for.
    pub fn add(&mut self, offset: u64, bytes: Vec<u8>) {
        // Charge at least `read_ahead` bytes for a read, so that many short
        // reads cannot evade the budget.
        let cost = bytes.len().max(self.read_ahead) as u64;
        self.budget = self.budget.saturating_sub(cost);
        self.bytes_read = self.bytes_read.saturating_add(bytes.len() as u64);
        let after = self.slices.partition_point(|slice| slice.offset <= offset);
        self.slices.insert(after, Slice { offset, bytes });
    }

    /// Drops all slices that end before `offset`, for a parser that only moves
    /// forward.
    pub fn forget_before(&mut self, offset: u64) {
        self.slices.retain(|slice| slice.end() > offset);
    }
}

impl Slice {
    const fn end(&self) -> u64 {
        self.offset.saturating_add(self.bytes.len() as u64)
    }

    fn get(&self, offset: u64, length: usize) -> Option<&[u8]> {
        let from = usize::try_from(offset.checked_sub(self.offset)?).ok()?;
        self.bytes.get(from..from.checked_add(length)?)
    }
}

/// Runs a parser over a file that is wholly in memory, without inflating anything:
/// for tests and fuzzers.
///
/// # Errors
///
/// What the parser returned, other than `Incomplete`.
pub fn drive<T>(
    bytes: &[u8],
    file: &mut SparseFile,
    mut parser: impl FnMut(&mut SparseFile) -> Result<T, ParseError>,
) -> Result<T, ParseError> {
    loop {
        let range = match parser(file) {
            Err(ParseError::Incomplete(range)) if range.deflated => continue,
            Err(ParseError::Incomplete(range)) => range,
            outcome => return outcome,
        };
        let from = usize::try_from(range.offset).map_err(|_| ParseError::Truncated)?;
        let part = from
            .checked_add(range.length)
            .and_then(|end| bytes.get(from..end))
            .ok_or(ParseError::Truncated)?;
        file.add(range.offset, part.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_bytes_are_requested_once_and_ahead() {
        let mut file = SparseFile::new(100, 10, 1000);
        let at = |offset| {
            let range = ByteRange {
                offset,
                length: 10,
                deflated: false,
            };
            Err(ParseError::Incomplete(range))
        };
        assert_eq!(file.get(5, 2), at(5));
        file.add(5, (5..15).collect());
        assert_eq!(file.get(5, 2), Ok(&[5, 6][..]));
        assert_eq!(file.get(14, 1), Ok(&[14][..]));
        assert_eq!(file.get(14, 2), at(14));
    }

    #[test]
    fn requests_end_with_the_file() {
        let file = SparseFile::new(100, 10, 1000);
        let range = ByteRange {
            offset: 95,
            length: 5,
            deflated: false,
        };
        assert_eq!(file.get(95, 5), Err(ParseError::Incomplete(range)));
        assert_eq!(file.get(95, 6), Err(ParseError::Truncated));
        assert_eq!(file.get(u64::MAX, 1), Err(ParseError::Truncated));
    }

    #[test]
    fn zero_length_read_needs_no_data() {
        let file = SparseFile::new(100, 10, 0);
        assert_eq!(file.get(50, 0), Ok(&[][..]));
        assert_eq!(file.get(100, 0), Ok(&[][..]));
        assert_eq!(file.get(101, 0), Err(ParseError::Truncated));
    }

    #[test]
    fn budget_limits_all_requests_together() {
        let mut file = SparseFile::new(100, 10, 15);
        assert_eq!(file.get(0, 16), Err(ParseError::LimitExceeded));
        file.add(0, vec![0; 10]);
        assert_eq!(file.get(50, 1), Err(ParseError::LimitExceeded));
        assert!(file.get(0, 10).is_ok());
        assert_eq!(file.bytes_read(), 10);
    }

    #[test]
    fn slices_added_out_of_order_are_found() {
        let mut file = SparseFile::new(100, 10, 1000);
        for offset in [50_u8, 0, 20] {
            file.add(offset.into(), (offset..offset + 10).collect());
        }
        assert_eq!(file.get(21, 2), Ok(&[21, 22][..]));
        assert_eq!(file.get(55, 1), Ok(&[55][..]));
        assert!(file.get(10, 1).is_err());
    }

    #[test]
    fn forget_before_drops_consumed_slices() {
        let mut file = SparseFile::new(100, 10, 1000);
        file.add(0, vec![0; 10]);
        file.add(10, vec![0; 10]);
        file.forget_before(10);
        assert!(file.get(0, 1).is_err());
        assert!(file.get(10, 1).is_ok());
    }
}

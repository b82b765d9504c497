//! Boxes (ISO/IEC 14496-12, 4.2): each has a size, a type of four characters, and a
//! body, which may have boxes.

use crate::sparse_file::{ParseError, SparseFile};

/// The header of a box (4.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoxHeader {
    /// Its type.
    pub kind: [u8; 4],
    /// Where it begins.
    pub at: u64,
    /// Where its body begins.
    pub body: u64,
    /// Where it ends. A box at the top level may claim more than the file has.
    pub end: u64,
}

impl BoxHeader {
    /// The box at `at`. `None` if a size of zero ends a list or if the size is smaller
    /// than the header. `open_end` is where a box of unknown size ends.
    fn read(file: &SparseFile, at: u64, open_end: Option<u64>) -> Result<Option<Self>, ParseError> {
        let [s0, s1, s2, s3, n0, n1, n2, n3] = file.array(at)?;
        let kind = [n0, n1, n2, n3];
        let (size, header) = match u32::from_be_bytes([s0, s1, s2, s3]) {
            0 => match open_end {
                Some(end) => (end.saturating_sub(at), 8),
                None => return Ok(None),
            },
            1 => (u64::from_be_bytes(file.array(at.saturating_add(8))?), 16),
            size => (u64::from(size), 8),
        };
        if size < header {
            return Ok(None);
        }
        Ok(Some(Self {
            kind,
            at,
            body: at.saturating_add(header),
            end: at.saturating_add(size),
        }))
    }

    /// Its size with its header, in bytes.
    pub const fn size(&self) -> u64 {
        self.end.saturating_sub(self.at)
    }

    /// The header as it is written for the box's actual size: as long as it was.
    pub fn written(&self) -> Vec<u8> {
        let size = self.size();
        let short = u32::try_from(size).unwrap_or_default();
        let mut bytes = [short.to_be_bytes(), self.kind].concat();
        if self.body.saturating_sub(self.at) == 16 {
            bytes.splice(..4, 1_u32.to_be_bytes());
            bytes.extend_from_slice(&size.to_be_bytes());
        }
        bytes
    }

    /// Requests all of it, so that reading its parts needs no more bytes.
    pub fn prefetch(&self, file: &SparseFile) -> Result<(), ParseError> {
        let size = usize::try_from(self.size()).map_err(|_| ParseError::LimitExceeded)?;
        file.get(self.at, size).map(|_| ())
    }

    /// The box at the top level at `at`, `None` if there is none.
    pub fn top(file: &SparseFile, at: u64) -> Result<Option<Self>, ParseError> {
        Self::read(file, at, Some(file.size()))
    }

    /// The bytes of its body.
    pub const fn length(&self) -> u64 {
        self.end.saturating_sub(self.body)
    }

    /// `N` bytes of its body from `offset`.
    pub fn array<const N: usize>(
        &self,
        file: &SparseFile,
        offset: u64,
    ) -> Result<[u8; N], ParseError> {
        let ends = offset.saturating_add(N as u64);
        if ends > self.length() {
            return Err(ParseError::Malformed(
                "a box is too small for what it holds",
            ));
        }
        file.array(self.body.saturating_add(offset))
    }

    /// Its body, up to `most` bytes of it.
    pub fn start<'a>(&self, file: &'a SparseFile, most: usize) -> Result<&'a [u8], ParseError> {
        let length = usize::try_from(self.length()).unwrap_or(most).min(most);
        file.get(self.body, length)
    }

    /// All of its body.
    pub fn all<'a>(&self, file: &'a SparseFile) -> Result<&'a [u8], ParseError> {
        self.start(file, usize::MAX)
    }

    /// The boxes in it.
    pub const fn children(&self) -> Children {
        self.children_after(0)
    }

    /// The boxes in it from the offset `at` on.
    pub const fn children_from(&self, at: u64) -> Children {
        Children { at, end: self.end }
    }

    /// The boxes in it, after `skipped` bytes of its own.
    pub const fn children_after(&self, skipped: u64) -> Children {
        Children {
            at: self.body.saturating_add(skipped),
            end: self.end,
        }
    }

    /// The first box in it with this type.
    pub fn find(&self, file: &SparseFile, name: [u8; 4]) -> Result<Option<Self>, ParseError> {
        self.children().find(file, name)
    }
}

/// The boxes in a box, one after the other.
#[derive(Debug)]
pub struct Children {
    at: u64,
    end: u64,
}

impl Children {
    /// The next one. `QuickTime` ends some lists with a zero; fewer bytes than a header
    /// are no box.
    pub fn next(&mut self, file: &SparseFile) -> Result<Option<BoxHeader>, ParseError> {
        if self.end.saturating_sub(self.at) < 8 {
            return Ok(None);
        }
        let Some(child) = BoxHeader::read(file, self.at, None)? else {
            self.at = self.end;
            return Ok(None);
        };
        if child.end > self.end {
            return Err(ParseError::Malformed(
                "a box is larger than the one around it",
            ));
        }
        self.at = child.end;
        Ok(Some(child))
    }

    /// The next one with this type.
    pub fn find(
        &mut self,
        file: &SparseFile,
        name: [u8; 4],
    ) -> Result<Option<BoxHeader>, ParseError> {
        while let Some(child) = self.next(file)? {
            if child.kind == name {
                return Ok(Some(child));
            }
        }
        Ok(None)
    }
}

/// A number of four bytes, and what follows it.
pub fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (first, rest) = bytes.split_first_chunk()?;
    Some((u32::from_be_bytes(*first), rest))
}

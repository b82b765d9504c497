//! Boxes: each has a size, a name of four letters, and a body, which may be
//! boxes again.

use crate::known::{Known, Stop};

/// A box, as its head tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its name.
    pub name: [u8; 4],
    /// Where it begins.
    pub at: u64,
    /// Where its body begins.
    pub body: u64,
    /// Where it ends. A box of the top level may be said to end after the file.
    pub end: u64,
}

impl Head {
    /// The box at `at`, `None` where a size of zero ends a list or where the box
    /// cannot even hold its own head. `open_end` is where a box ends that goes on to the end.
    fn read(known: &Known, at: u64, open_end: Option<u64>) -> Result<Option<Self>, Stop> {
        let [s0, s1, s2, s3, n0, n1, n2, n3] = known.array(at)?;
        let name = [n0, n1, n2, n3];
        let (size, head) = match u32::from_be_bytes([s0, s1, s2, s3]) {
            0 => match open_end {
                Some(end) => (end.saturating_sub(at), 8),
                None => return Ok(None),
            },
            1 => (u64::from_be_bytes(known.array(at.saturating_add(8))?), 16),
            size => (u64::from(size), 8),
        };
        if size < head {
            return Ok(None);
        }
        Ok(Some(Self {
            name,
            at,
            body: at.saturating_add(head),
            end: at.saturating_add(size),
        }))
    }

    /// The box of the top level at `at`, `None` where there is no box.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn top(known: &Known, at: u64) -> Result<Option<Self>, Stop> {
        Self::read(known, at, Some(known.size()))
    }

    /// How many bytes it has behind its head.
    pub const fn length(&self) -> u64 {
        self.end.saturating_sub(self.body)
    }

    /// `N` bytes of its body, from `offset` on.
    ///
    /// # Errors
    ///
    /// `Malformed` where it has not so many, and as [`Known::get`].
    pub fn array<const N: usize>(&self, known: &Known, offset: u64) -> Result<[u8; N], Stop> {
        let ends = offset.saturating_add(N as u64);
        if ends > self.length() {
            return Err(Stop::Malformed("a box is too small for what it holds"));
        }
        known.array(self.body.saturating_add(offset))
    }

    /// Its body, up to `most` bytes of it.
    ///
    /// # Errors
    ///
    /// As [`Known::get`].
    pub fn start<'a>(&self, known: &'a Known, most: usize) -> Result<&'a [u8], Stop> {
        let length = usize::try_from(self.length()).unwrap_or(most).min(most);
        known.get(self.body, length)
    }

    /// All of its body.
    ///
    /// # Errors
    ///
    /// As [`Known::get`].
    pub fn all<'a>(&self, known: &'a Known) -> Result<&'a [u8], Stop> {
        self.start(known, usize::MAX)
    }

    /// The boxes in it.
    pub const fn children(&self) -> Children {
        self.children_after(0)
    }

    /// The boxes in it, after `skipped` bytes of its own.
    pub const fn children_after(&self, skipped: u64) -> Children {
        Children {
            at: self.body.saturating_add(skipped),
            end: self.end,
        }
    }

    /// The first box in it with this name.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn find(&self, known: &Known, name: [u8; 4]) -> Result<Option<Self>, Stop> {
        self.children().find(known, name)
    }
}

/// The boxes in a box, one after the other.
#[derive(Debug)]
pub struct Children {
    at: u64,
    end: u64,
}

impl Children {
    /// The next one. `QuickTime` ends some lists with a zero, and what is shorter
    /// than a head is no box.
    ///
    /// # Errors
    ///
    /// `Malformed` for a box that is larger than the one around it, and as [`Known::get`].
    pub fn next(&mut self, known: &Known) -> Result<Option<Head>, Stop> {
        if self.end.saturating_sub(self.at) < 8 {
            return Ok(None);
        }
        let Some(child) = Head::read(known, self.at, None)? else {
            self.at = self.end;
            return Ok(None);
        };
        if child.end > self.end {
            return Err(Stop::Malformed("a box is larger than the one around it"));
        }
        self.at = child.end;
        Ok(Some(child))
    }

    /// The next one with this name.
    ///
    /// # Errors
    ///
    /// As [`Children::next`].
    pub fn find(&mut self, known: &Known, name: [u8; 4]) -> Result<Option<Head>, Stop> {
        while let Some(child) = self.next(known)? {
            if child.name == name {
                return Ok(Some(child));
            }
        }
        Ok(None)
    }
}

/// A whole number of four bytes, and what follows it.
pub fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (first, rest) = bytes.split_first_chunk()?;
    Some((u32::from_be_bytes(*first), rest))
}

//! The elements of an EBML file.

use crate::known::{Known, Stop};

/// More elements than stand in front of a film's content.
const MOST_ELEMENTS: u32 = 1024;

/// An element's number, and where its body begins and ends.
pub struct Element {
    pub id: u32,
    pub body: u64,
    pub end: u64,
}

/// A file's elements, of which only so many may be looked at.
pub struct Elements<'known> {
    known: &'known Known,
    left: u32,
}

impl<'known> Elements<'known> {
    pub const fn of(known: &'known Known) -> Self {
        Self {
            known,
            left: MOST_ELEMENTS,
        }
    }

    pub const fn size(&self) -> u64 {
        self.known.size()
    }

    /// The element that begins at `at`. One without a length goes on to `limit`.
    pub fn at(&mut self, at: u64, limit: u64) -> Result<Element, Stop> {
        self.left = self.left.checked_sub(1).ok_or(Stop::Bound)?;
        let (id, after) = self.variable(at, 4)?;
        let (length, body) = self.variable(after, 8)?;
        // The first set bit counts the bytes: it is part of a number, but not of a length.
        let bits = body.saturating_sub(after).saturating_mul(7);
        let ones = (1_u64 << (bits & 63)).wrapping_sub(1);
        let length = length & ones;
        let end = if length == ones {
            limit
        } else {
            body.saturating_add(length)
        };
        let id = u32::try_from(id).map_err(|_| MALFORMED)?;
        Ok(Element { id, body, end })
    }

    /// A number of as many bytes as its first says, at most `most`, and where it ends.
    fn variable(&self, at: u64, most: u32) -> Result<(u64, u64), Stop> {
        let [first] = self.known.array(at)?;
        let more = first.leading_zeros();
        if more >= most {
            return Err(MALFORMED);
        }
        let length = usize::try_from(more).unwrap_or_default().saturating_add(1);
        let value = big_endian(self.known.get(at, length)?);
        Ok((value, at.saturating_add(length as u64)))
    }

    /// Calls `visit` with each element in `parent`'s body.
    pub fn each(
        &mut self,
        parent: &Element,
        mut visit: impl FnMut(&mut Self, &Element) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let mut at = parent.body;
        while at < parent.end {
            let child = self.at(at, parent.end)?;
            if child.end > parent.end {
                return Err(Stop::Malformed(
                    "an element is longer than the one it is in",
                ));
            }
            visit(self, &child)?;
            at = child.end;
        }
        Ok(())
    }

    /// The begin of an element's body.
    pub fn bytes(&self, element: &Element) -> Result<&'known [u8], Stop> {
        const LONGEST: u64 = 64;
        let length = element.end.saturating_sub(element.body).min(LONGEST);
        self.known
            .get(element.body, usize::try_from(length).unwrap_or_default())
    }

    /// The whole number that an element is.
    pub fn number(&self, element: &Element) -> Result<u64, Stop> {
        match self.bytes(element)? {
            bytes if bytes.len() <= 8 => Ok(big_endian(bytes)),
            _ => Err(MALFORMED),
        }
    }

    /// The number that an element is, of four or eight bytes.
    pub fn float(&self, element: &Element) -> Result<Option<f64>, Stop> {
        let bytes = self.bytes(element)?;
        if let Ok(bytes) = bytes.try_into() {
            return Ok(Some(f64::from_be_bytes(bytes)));
        }
        let single = bytes.try_into().map(f32::from_be_bytes);
        Ok(single.ok().map(f64::from))
    }
}

const MALFORMED: Stop = Stop::Malformed("a number in the file is longer than numbers are");

fn big_endian(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

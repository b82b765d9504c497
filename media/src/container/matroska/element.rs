//! EBML elements (RFC 8794, 4 to 7).

use crate::bytes::big_endian;
use crate::sparse_file::{ParseError, SparseFile};

const TOO_LONG: ParseError =
    ParseError::Malformed("a number in the file is longer than numbers are");

/// An element's id, and where its body begins and ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub id: u32,
    pub body: u64,
    pub end: u64,
}

impl Element {
    /// The element at `at`. One of unknown length (RFC 8794, 6.2) ends at `limit`.
    pub(super) fn at(file: &SparseFile, at: u64, limit: u64) -> Result<Self, ParseError> {
        let (id, after) = variable(file, at, 4)?;
        let (length, body) = variable(file, after, 8)?;
        // The first set bit counts the bytes: it is part of an id, and not of a
        // length (RFC 8794, 4.1 and 5).
        let bits = body.saturating_sub(after).saturating_mul(7);
        let ones = (1_u64 << (bits & 63)).wrapping_sub(1);
        let length = length & ones;
        let end = if length == ones {
            limit
        } else {
            body.saturating_add(length)
        };
        let id = u32::try_from(id).map_err(|_| TOO_LONG)?;
        Ok(Self { id, body, end })
    }

    /// The beginning of its body.
    pub(super) fn bytes<'a>(&self, file: &'a SparseFile) -> Result<&'a [u8], ParseError> {
        const LONGEST: u64 = 64;
        let length = self.end.saturating_sub(self.body).min(LONGEST);
        file.get(self.body, usize::try_from(length).unwrap_or_default())
    }

    /// Its value as an unsigned integer (RFC 8794, 7.2).
    pub(super) fn number(&self, file: &SparseFile) -> Result<u64, ParseError> {
        match self.bytes(file)? {
            bytes if bytes.len() <= 8 => Ok(big_endian(bytes)),
            _ => Err(TOO_LONG),
        }
    }

    /// Its value as a float of four or eight bytes (RFC 8794, 7.3).
    pub(super) fn float(&self, file: &SparseFile) -> Result<Option<f64>, ParseError> {
        let bytes = self.bytes(file)?;
        if let Ok(bytes) = bytes.try_into() {
            return Ok(Some(f64::from_be_bytes(bytes)));
        }
        let single = bytes.try_into().map(f32::from_be_bytes);
        Ok(single.ok().map(f64::from))
    }
}

/// A variable-size integer of at most `most` bytes (RFC 8794, 4), and where it ends.
fn variable(file: &SparseFile, at: u64, most: u32) -> Result<(u64, u64), ParseError> {
    let [first] = file.array(at)?;
    let more = first.leading_zeros();
    if more >= most {
        return Err(TOO_LONG);
    }
    let length = usize::try_from(more).unwrap_or_default().saturating_add(1);
    // Without a second look at most numbers: an element may have no more than two bytes.
    let value = match length {
        1 => first.into(),
        _ => big_endian(file.get(at, length)?),
    };
    Ok((value, at.saturating_add(length as u64)))
}

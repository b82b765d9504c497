//! The boxes at the top level (ISO/IEC 14496-12, 6.2.3).

use super::box_action::is_padding;
use super::header::BoxHeader;
use crate::sparse_file::{ParseError, SparseFile};

/// What a box at the top level is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `ftyp`: the brands (ISO/IEC 14496-12, 4.3).
    FileType,
    /// `moov`: the index (8.2.1).
    Movie,
    /// `mdat`: samples (8.1.1).
    MediaData,
    /// `moof`: a fragment of the index (8.8.4).
    Fragment,
    /// What describes fragments (8.16, 8.8.9).
    FragmentIndex,
    /// Free space (8.1.2).
    Padding,
    /// Something that players do not need.
    Other,
}

impl Role {
    const fn of(name: [u8; 4]) -> Self {
        match &name {
            b"ftyp" => Self::FileType,
            b"moov" => Self::Movie,
            b"mdat" => Self::MediaData,
            b"moof" => Self::Fragment,
            b"styp" | b"sidx" | b"ssix" | b"mfra" => Self::FragmentIndex,
            name if is_padding(*name) => Self::Padding,
            _ => Self::Other,
        }
    }
}

/// What is at an offset of the top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TopLevel {
    /// A box.
    Box(Role, BoxHeader),
    /// Bytes that are no box, up to the end of the file.
    Trailing(u64),
    /// The end of the file.
    End,
}

impl TopLevel {
    /// What is at `at`. Behind the index, what does not look like a box, or is one
    /// that players do not need and that claims more than the rest of the file, was
    /// appended by a program that does not know boxes.
    pub fn at(file: &SparseFile, at: u64, index_seen: bool) -> Result<Self, ParseError> {
        if at >= file.size() {
            return Ok(Self::End);
        }
        let header = match BoxHeader::top(file, at) {
            Ok(Some(header)) => header,
            Ok(None) | Err(ParseError::Truncated) if index_seen => return Ok(Self::Trailing(at)),
            Ok(None) => return Err(ParseError::Malformed("a box is smaller than its header")),
            Err(stop) => return Err(stop),
        };
        let role = Role::of(header.kind);
        let letters = header
            .kind
            .iter()
            .all(|&byte| byte == 0xa9 || byte.is_ascii_graphic() || byte == b' ');
        let is_complete = letters && header.end <= file.size();
        let is_needed = matches!(role, Role::MediaData | Role::Fragment | Role::Movie);
        if !is_needed && index_seen && !is_complete {
            return Ok(Self::Trailing(at));
        }
        Ok(Self::Box(role, header))
    }
}

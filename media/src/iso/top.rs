//! The boxes of the top level.

use super::boxes::Head;
use super::grammar::is_padding;
use crate::known::{Known, Stop};

/// What a box of the top level is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It names the brands.
    Brands,
    /// The index.
    Index,
    /// Pictures and sound.
    Data,
    /// A fragment of the index.
    Fragment,
    /// It belongs to the fragments.
    OfFragments,
    /// It only takes up room.
    Padding,
    /// Something else, that no player needs.
    Beside,
}

impl Role {
    const fn of(name: [u8; 4]) -> Self {
        match &name {
            b"ftyp" => Self::Brands,
            b"moov" => Self::Index,
            b"mdat" => Self::Data,
            b"moof" => Self::Fragment,
            b"styp" | b"sidx" | b"ssix" | b"mfra" => Self::OfFragments,
            name if is_padding(*name) => Self::Padding,
            _ => Self::Beside,
        }
    }
}

/// What stands at a place of the top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A box.
    Box(Role, Head),
    /// What is no box, to the end of the file.
    Trailing(u64),
    /// The end of the file.
    End,
}

impl Item {
    /// What stands at `at`. Behind the index, what does not look like a box, or
    /// is an unknown one that would be larger than the rest of the file, was
    /// put there by something that knows nothing of boxes.
    ///
    /// # Errors
    ///
    /// `Truncated` for a box that cannot be whole, and as [`Known::get`].
    pub fn at(known: &Known, at: u64, index_seen: bool) -> Result<Self, Stop> {
        if at >= known.size() {
            return Ok(Self::End);
        }
        let head = match Head::top(known, at) {
            Ok(Some(head)) => head,
            Ok(None) | Err(Stop::Truncated) if index_seen => return Ok(Self::Trailing(at)),
            Ok(None) => return Err(Stop::Malformed("a box is smaller than its head")),
            Err(stop) => return Err(stop),
        };
        let role = Role::of(head.name);
        let letters = head
            .name
            .iter()
            .all(|&byte| byte == 0xa9 || byte.is_ascii_graphic() || byte == b' ');
        let whole = letters && head.end <= known.size();
        if role == Role::Beside && index_seen && !whole {
            return Ok(Self::Trailing(at));
        }
        Ok(Self::Box(role, head))
    }
}

//! The slices of a file that are known, and the asking for more.

/// Bytes that a parser wants to see: all of them lie in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Where they begin.
    pub at: u64,
    /// How many they are.
    pub length: usize,
}

/// Why a parser did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It wants to see these bytes: [`Known::add`] them and call it again.
    Need(Need),
    /// The file ends before what it announces.
    Truncated,
    /// The file contradicts its own format, in these words.
    Malformed(&'static str),
    /// The file is well formed, and still nothing that can be sent, in these words.
    Unsupported(&'static str),
    /// It would have to read more than it may.
    Bound,
}

/// A file of which some slices are known.
#[derive(Debug)]
pub struct Known {
    size: u64,
    slices: Vec<Slice>,
    ahead: usize,
    allowance: u64,
}

#[derive(Debug)]
struct Slice {
    at: u64,
    bytes: Vec<u8>,
}

impl Known {
    /// A file of `size` bytes, none of them known yet. Not fewer than `ahead`
    /// bytes are asked for at a time, where the file has them, and not more than
    /// `allowance` in all.
    #[must_use]
    pub const fn new(size: u64, ahead: usize, allowance: u64) -> Self {
        Self {
            size,
            slices: Vec::new(),
            ahead,
            allowance,
        }
    }

    /// The file's size in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The bytes from `at` on.
    ///
    /// # Errors
    ///
    /// `Need` when they are not known, `Truncated` when the file has not so many,
    /// `Bound` when that is more than may be read.
    pub fn get(&self, at: u64, length: usize) -> Result<&[u8], Stop> {
        let end = at.checked_add(length as u64).ok_or(Stop::Truncated)?;
        if end > self.size {
            return Err(Stop::Truncated);
        }
        // Nothing lies in no slice, and must not be asked for.
        if length == 0 {
            return Ok(&[]);
        }
        match self.slices.iter().find_map(|slice| slice.get(at, length)) {
            Some(bytes) => Ok(bytes),
            None => Err(self.need(at, length)),
        }
    }

    /// `N` bytes from `at` on, as [`Known::get`].
    ///
    /// # Errors
    ///
    /// As [`Known::get`].
    pub fn array<const N: usize>(&self, at: u64) -> Result<[u8; N], Stop> {
        let bytes = self.get(at, N)?;
        // `get` gives just as many as were asked for.
        <[u8; N]>::try_from(bytes).map_err(|_| Stop::Truncated)
    }

    /// The file's last bytes, `most` of them or all that it has, and where they begin.
    ///
    /// # Errors
    ///
    /// As [`Known::get`].
    pub fn tail(&self, most: usize) -> Result<(u64, &[u8]), Stop> {
        let at = self.size.saturating_sub(most as u64);
        let length = usize::try_from(self.size.saturating_sub(at)).unwrap_or(most);
        Ok((at, self.get(at, length)?))
    }

    fn need(&self, at: u64, length: usize) -> Stop {
        let left = self.size.saturating_sub(at);
        let wanted = length.max(self.ahead) as u64;
        if wanted > self.allowance {
            return Stop::Bound;
        }
        // Not longer than `wanted`, which came from a usize.
        let length = usize::try_from(wanted.min(left)).unwrap_or(length);
        Stop::Need(Need { at, length })
    }

    /// Makes bytes known that were asked for.
    pub fn add(&mut self, at: u64, bytes: Vec<u8>) {
        // A slice near the file's end counts as a whole one: there are no many small ones.
        let cost = bytes.len().max(self.ahead) as u64;
        self.allowance = self.allowance.saturating_sub(cost);
        self.slices.push(Slice { at, bytes });
    }

    /// Lets go of all slices that end before `at`, for a parser that only goes
    /// forward.
    pub fn forget_before(&mut self, at: u64) {
        self.slices.retain(|slice| slice.end() > at);
    }
}

impl Slice {
    const fn end(&self) -> u64 {
        self.at.saturating_add(self.bytes.len() as u64)
    }

    fn get(&self, at: u64, length: usize) -> Option<&[u8]> {
        let from = usize::try_from(at.checked_sub(self.at)?).ok()?;
        self.bytes.get(from..from.checked_add(length)?)
    }
}

/// Runs a parser over a file that is all in memory, giving it what it asks for:
/// for tests and fuzzers.
///
/// # Errors
///
/// What stopped the parser, other than a need.
pub fn drive<T>(
    file: &[u8],
    known: &mut Known,
    mut parser: impl FnMut(&mut Known) -> Result<T, Stop>,
) -> Result<T, Stop> {
    loop {
        let need = match parser(known) {
            Err(Stop::Need(need)) => need,
            outcome => return outcome,
        };
        let from = usize::try_from(need.at).map_err(|_| Stop::Truncated)?;
        let bytes = from
            .checked_add(need.length)
            .and_then(|end| file.get(from..end))
            .ok_or(Stop::Truncated)?;
        known.add(need.at, bytes.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_asked_for_once_and_ahead() {
        let mut known = Known::new(100, 10, 1000);
        assert_eq!(known.get(5, 2), Err(Stop::Need(Need { at: 5, length: 10 })));
        known.add(5, (5..15).collect());
        assert_eq!(known.get(5, 2), Ok(&[5, 6][..]));
        assert_eq!(known.get(14, 1), Ok(&[14][..]));
        assert_eq!(
            known.get(14, 2),
            Err(Stop::Need(Need { at: 14, length: 10 }))
        );
    }

    #[test]
    fn nothing_beyond_the_end_is_asked_for() {
        let known = Known::new(100, 10, 1000);
        assert_eq!(
            known.get(95, 5),
            Err(Stop::Need(Need { at: 95, length: 5 }))
        );
        assert_eq!(known.get(95, 6), Err(Stop::Truncated));
        assert_eq!(known.get(u64::MAX, 1), Err(Stop::Truncated));
    }

    #[test]
    fn nothing_is_not_asked_for() {
        let known = Known::new(100, 10, 0);
        assert_eq!(known.get(50, 0), Ok(&[][..]));
        assert_eq!(known.get(100, 0), Ok(&[][..]));
        assert_eq!(known.get(101, 0), Err(Stop::Truncated));
    }

    #[test]
    fn the_allowance_ends() {
        let mut known = Known::new(100, 10, 15);
        assert_eq!(known.get(0, 16), Err(Stop::Bound));
        known.add(0, vec![0; 10]);
        assert_eq!(known.get(50, 1), Err(Stop::Bound));
        assert!(known.get(0, 10).is_ok());
    }

    #[test]
    fn what_was_passed_is_let_go() {
        let mut known = Known::new(100, 10, 1000);
        known.add(0, vec![0; 10]);
        known.add(10, vec![0; 10]);
        known.forget_before(10);
        assert!(known.get(0, 1).is_err());
        assert!(known.get(10, 1).is_ok());
    }
}

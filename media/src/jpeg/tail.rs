//! What the last bytes of a JPEG tell.

use super::segment::in_data;

/// Whether the file surely ends in a scan's data, and so is cut off.
pub fn runs_on(tail: &[u8]) -> bool {
    !has_other_markers(tail) && is_data(tail)
}

/// Whether markers are there that stand neither in a scan's data nor between
/// scans.
pub(super) fn has_other_markers(bytes: &[u8]) -> bool {
    let fits = |code| in_data(code) || matches!(code, 0xc4 | 0xda);
    let mut pairs = bytes.windows(2);
    pairs.any(|pair| matches!(pair, [0xff, code] if !fits(*code)))
}

/// Whether this is surely a scan's data, all markers being such as it has: every
/// 256th of its bytes is FF, on average. Tables of a film, which phones put
/// behind pictures, have few of these, or have many zeros. So may a scan of a
/// sky: of that one the whole reading tells.
fn is_data(bytes: &[u8]) -> bool {
    const ENOUGH: usize = 4;
    let count = |fits: fn(&[u8]) -> bool| bytes.windows(2).filter(|pair| fits(pair)).count();
    let zeros = count(|pair| matches!(pair, [..=0xfe, 0]));
    count(|pair| matches!(pair, [0xff, _])) >= ENOUGH && zeros < bytes.len() / 16
}

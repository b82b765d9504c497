//! The icons that Divar publishes.

use std::{collections::HashSet, sync::LazyLock};

/// The 822 names of the enum `DivarIconsIconName` in Divar's API description of 2026-08-18, one a
/// line.
const NAMES: &str = include_str!("icons.txt");

static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| NAMES.lines().collect());

/// Whether Divar publishes an icon of this name.
pub fn is_known(name: &str) -> bool {
    KNOWN.contains(name)
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, NAMES};

    #[test]
    fn the_list_has_822_different_names() {
        assert_eq!(NAMES.lines().count(), 822);
        assert_eq!(KNOWN.len(), 822);
    }
}

//! The name of a relayed file, which a page chose. Pure.

/// The most characters that are kept: file systems take 255 bytes, and a Persian letter has two.
const MAX_CHARS: usize = 120;

/// The name without folders and control characters, cut to [`MAX_CHARS`].
#[must_use]
pub fn cleaned(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible = base.chars().filter(|letter| !letter.is_control());
    visible.take(MAX_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_an_ordinary_name() {
        assert_eq!(cleaned("عکس ۱.jpg"), "عکس ۱.jpg");
        assert_eq!(cleaned(""), "");
    }

    #[test]
    fn removes_folders_and_control_characters() {
        assert_eq!(cleaned("../../etc/passwd"), "passwd");
        assert_eq!(cleaned("C:\\x\\a\0b\r\n.jpg"), "ab.jpg");
    }

    #[test]
    fn cuts_a_long_name() {
        assert_eq!(cleaned(&"ا".repeat(1_000_000)).chars().count(), MAX_CHARS);
    }
}

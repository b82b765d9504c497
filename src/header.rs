//! Values of HTTP headers. Pure.

/// Whether a key or token can be sent in a header as it is: visible ASCII, not empty.
#[must_use]
pub fn is_header_value(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_visible_ascii_is_a_header_value() {
        assert!(is_header_value("dG9rZW4="));
        for value in ["", "a b", "a\n", "ک", "a\u{7f}"] {
            assert!(!is_header_value(value), "{value:?}");
        }
    }
}

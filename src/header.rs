//! Values of HTTP headers and MIME types. Pure.

/// Whether a key or token can be sent in a header as it is: visible ASCII, not empty.
#[must_use]
pub fn is_header_value(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A MIME type without its parameters.
#[must_use]
pub fn essence(mime: &str) -> &str {
    // By bytes: a search for a character weighs half a kilobyte in a page.
    let end = mime.bytes().position(|byte| byte == b';');
    mime.get(..end.unwrap_or(mime.len()))
        .unwrap_or_default()
        .trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_parameters_off_a_mime_type() {
        assert_eq!(essence("audio/mp4; codecs=opus"), "audio/mp4");
        assert_eq!(essence(" image/jpeg "), "image/jpeg");
        assert_eq!(essence(""), "");
    }

    #[test]
    fn only_visible_ascii_is_a_header_value() {
        assert!(is_header_value("dG9rZW4="));
        for value in ["", "a b", "a\n", "ک", "a\u{7f}"] {
            assert!(!is_header_value(value), "{value:?}");
        }
    }
}

//! A form with one file, as bytes around the file's own. Pure.

/// What goes before and after the file, and what the body is called.
pub struct Frame {
    /// The body's `Content-Type`.
    pub content_type: String,
    /// What stands before the file.
    pub head: String,
    /// What stands after it.
    pub tail: String,
}

/// The frame of a form whose only field is `field`, a file. `boundary` must not
/// occur in the file, and holds letters and digits only.
#[must_use]
pub fn frame(boundary: &str, field: &str, file_name: &str, mime: &str) -> Frame {
    let name = escaped(file_name);
    Frame {
        content_type: ["multipart/form-data; boundary=", boundary].concat(),
        head: [
            "--",
            boundary,
            "\r\nContent-Disposition: form-data; name=\"",
            field,
            "\"; filename=\"",
            &name,
            "\"\r\nContent-Type: ",
            mime,
            "\r\n\r\n",
        ]
        .concat(),
        tail: ["\r\n--", boundary, "--\r\n"].concat(),
    }
}

/// As browsers write names (the HTML standard's "multipart/form-data encoding
/// algorithm"): what would end the name or the line, percent-encoded.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_what_a_browser_would_write() {
        let frame = frame("b", "file", "عکس.jpg", "image/jpeg");
        assert_eq!(frame.content_type, "multipart/form-data; boundary=b");
        assert_eq!(
            [frame.head.as_str(), "…", &frame.tail].concat(),
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"عکس.jpg\"\r\n\
             Content-Type: image/jpeg\r\n\r\n…\r\n--b--\r\n"
        );
    }

    #[test]
    fn a_name_cannot_end_its_line() {
        let frame = frame("b", "file", "a\"\r\nX: y\\.jpg", "image/jpeg");
        assert!(frame.head.contains("filename=\"a%22%0D%0AX: y\\.jpg\"\r\n"));
    }
}

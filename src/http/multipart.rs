//! A `multipart/form-data` body with one file, as bytes around the file's own, for bodies that are
//! streamed. Pure.

/// What surrounds the file.
pub struct Frame {
    /// The body's `Content-Type`.
    pub content_type: String,
    /// The bytes before the file.
    pub head: String,
    /// The bytes after the file.
    pub tail: String,
}

impl Frame {
    /// Around a file as the bare body: nothing.
    #[must_use]
    pub const fn bare(content_type: String) -> Self {
        Self {
            content_type,
            head: String::new(),
            tail: String::new(),
        }
    }

    /// Around a file as the only field, `field`, of a form. `boundary` must not occur in the file and
    /// consists of letters and digits.
    #[must_use]
    pub fn form(boundary: &str, field: &str, file_name: &str, mime: &str) -> Self {
        let name = escaped(file_name);
        Self {
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
}

/// As browsers write names: the HTML standard's "multipart/form-data encoding algorithm" percent-encodes
/// what would end the name or the line.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_form_as_browsers_do() {
        let frame = Frame::form("b", "file", "عکس.jpg", "image/jpeg");
        assert_eq!(frame.content_type, "multipart/form-data; boundary=b");
        assert_eq!(
            [frame.head.as_str(), "…", &frame.tail].concat(),
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"عکس.jpg\"\r\n\
             Content-Type: image/jpeg\r\n\r\n…\r\n--b--\r\n"
        );
    }

    #[test]
    fn escapes_what_would_end_a_name_or_line() {
        let frame = Frame::form("b", "file", "a\"\r\nX: y\\.jpg", "image/jpeg");
        assert!(frame.head.contains("filename=\"a%22%0D%0AX: y\\.jpg\"\r\n"));
    }
}

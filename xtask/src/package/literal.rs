//! Bytes as a JavaScript string literal, one character per byte (Latin-1).
//!
//! Brotli compresses it nearly as well as the bytes themselves; base64 would cost a third more.

/// A JavaScript module whose default export is a string with one character per byte.
pub fn module(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    text.push_str("export default \"");
    for (index, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\\' => text.push_str("\\\\"),
            b'"' => text.push_str("\\\""),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            // Followed by a digit, `\0` would be another character.
            0 if bytes.get(index + 1).is_some_and(u8::is_ascii_digit) => text.push_str("\\x00"),
            // Editors and version control take a file with a bare NUL for a binary one.
            0 => text.push_str("\\0"),
            _ => text.push(char::from(byte)),
        }
    }
    text.push_str("\";\n");
    text
}

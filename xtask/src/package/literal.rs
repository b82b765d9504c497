//! Bytes as a JavaScript string literal, one letter a byte (Latin-1).
//!
//! Brotli finds nearly as much in it as in the bytes themselves; base64 would cost a third more.

/// A JavaScript module whose default export is a string with one letter for each byte.
pub fn module(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    text.push_str("export default \"");
    for (index, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\\' => text.push_str("\\\\"),
            b'"' => text.push_str("\\\""),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            // Followed by a digit, `\0` would mean another letter.
            0 if bytes.get(index + 1).is_some_and(u8::is_ascii_digit) => text.push_str("\\x00"),
            // Editors and version control take a file with a bare NUL for a binary one.
            0 => text.push_str("\\0"),
            _ => text.push(char::from(byte)),
        }
    }
    text.push_str("\";\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_reads_the_same_bytes_back() {
        let all: Vec<u8> = (0..=255).collect();
        let awkward = b"\0\x30 \0\x41 \\n \"quoted\" \r\n </script> \\\"".to_vec();
        for bytes in [all, awkward, Vec::new()] {
            assert_eq!(evaluated(&module(&bytes)), bytes);
        }
    }

    /// What Node makes of the module.
    fn evaluated(module: &str) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("wasm.mjs"), module).unwrap();
        let script = "import text from './wasm.mjs';\
            process.stdout.write(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))";
        std::fs::write(folder.path().join("print.mjs"), script).unwrap();
        let mut node = std::process::Command::new("node");
        let output = node
            .arg("print.mjs")
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    }
}

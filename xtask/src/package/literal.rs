//! Bytes as a JavaScript string literal, one letter a byte (Latin-1).
//!
//! Brotli finds nearly as much in it as in the bytes themselves; base64 would cost a third more.

/// Bytes that are frequent in a module and that a string literal can only hold escaped, each beside
/// one that is rare: they change places, as `pkg/runtime/bytes.js` has it too.
const PAIRS: [(u8, u8); 5] = [
    (0, b'^'),
    (b'\n', b'{'),
    (b'\r', b'['),
    (b'"', b'*'),
    (b'\\', b'5'),
];

fn swapped(byte: u8) -> u8 {
    let pair = PAIRS.iter().find(|(a, b)| *a == byte || *b == byte);
    pair.map_or(byte, |(a, b)| if byte == *a { *b } else { *a })
}

/// A JavaScript module whose default export is a string with one letter for each byte.
pub fn module(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    text.push_str("export default \"");
    let bytes: Vec<u8> = bytes.iter().map(|byte| swapped(*byte)).collect();
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

    /// What the package makes of the module.
    fn evaluated(module: &str) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("wasm.mjs"), module).unwrap();
        let top = concat!(env!("CARGO_MANIFEST_DIR"), "/../pkg/runtime/bytes.js");
        let script = format!(
            "import text from './wasm.mjs'; import {{ bytesOf }} from {top:?};\
             process.stdout.write(bytesOf(text))"
        );
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

//! Bytes as a JavaScript string literal, one letter a byte (Latin-1).
//!
//! Brotli finds nearly as much in it as in the bytes themselves; base64 would cost a third more.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::process::quiet;

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

/// Takes the package's reader, a module with bytes as text, and where to write them.
const READ: &str = "const [reader, module, file] = process.argv.slice(1);\
    const { bytesOf } = await import(reader);\
    const { default: text } = await import(module);\
    (await import('node:fs')).writeFileSync(file, bytesOf(text));";

/// The bytes in the JavaScript module `path`, as the package's own code reads them.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("module.wasm");
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", READ]);
    node.arg(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../pkg/runtime/bytes.js"
    ));
    node.arg(path.canonicalize()?).arg(&file);
    quiet(node, Duration::from_mins(1))?;
    Ok(fs::read(file)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_reads_the_same_bytes_back() {
        let all: Vec<u8> = (0..=255).collect();
        let awkward = b"\0\x30 \0\x41 \\n \"quoted\" \r\n </script> \\\"".to_vec();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wasm.mjs");
        for given in [all, awkward, Vec::new()] {
            fs::write(&path, module(&given)).unwrap();
            assert_eq!(bytes(&path).unwrap(), given);
        }
    }
}

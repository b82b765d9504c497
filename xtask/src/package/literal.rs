//! Bytes as a JavaScript string literal, one character per byte (Latin-1).
//!
//! Brotli compresses it nearly as well as the bytes themselves; base64 would cost a third more.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use fs_err as fs;

use crate::process::{cmd, quiet};

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

/// Takes a module with bytes as text, and the file to write them to.
const READ: &str = "const [module, file] = process.argv.slice(1);\
    const { default: text } = await import(module);\
    (await import('node:fs')).writeFileSync(file, text, 'latin1');";

/// The bytes in the JavaScript module `path`, as a JavaScript engine reads them.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("module.wasm");
    let path = fs::canonicalize(path)?;
    let node = cmd!("node --input-type=module --eval {READ} {path} {file}");
    quiet(node, Duration::from_mins(1))?;
    Ok(fs::read(file)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_reads_the_same_bytes_back() -> Result<()> {
        let all: Vec<u8> = (0..=255).collect();
        let awkward = b"\0\x30 \0\x41 \\n \"quoted\" \r\n </script> \\\"".to_vec();
        let folder = tempfile::tempdir()?;
        for (index, given) in [all, awkward, Vec::new()].into_iter().enumerate() {
            let path = folder.path().join(format!("{index}.mjs"));
            fs::write(&path, module(&given))?;
            assert_eq!(bytes(&path)?, given);
        }
        Ok(())
    }
}

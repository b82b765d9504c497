//! OLE compound files.

use crate::Sample;

const SECTOR: usize = 512;
const FREE: u32 = u32::MAX;
const END: u32 = 0xffff_fffe;
const TABLE: u32 = 0xffff_fffd;

/// A storage's entry in the directory.
pub const STORAGE: u8 = 1;
/// A stream's.
pub const STREAM: u8 = 2;
const ROOT: u8 = 5;

/// An entry of the directory: its kind and name, the entries beside it and the first inside of it.
///
/// # Panics
///
/// When the name is longer than 31 letters.
#[must_use]
pub fn entry(kind: u8, name: &str, beside: [Option<u32>; 2], child: Option<u32>) -> Vec<u8> {
    let mut entry = vec![0; 128];
    let name: Vec<_> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..name.len()].copy_from_slice(&name);
    entry[64] = u8::try_from(name.len() + 2).expect("a short name");
    entry[66] = kind;
    entry[67] = 1;
    for (at, index) in [(68, beside[0]), (72, beside[1]), (76, child)] {
        entry[at..at + 4].copy_from_slice(&index.unwrap_or(FREE).to_le_bytes());
    }
    entry
}

/// The root's entry.
#[must_use]
pub fn root(child: u32) -> Vec<u8> {
    entry(ROOT, "Root Entry", [None, None], Some(child))
}

/// A file with a table of sectors in the first and this directory in the others, each of which is
/// followed by what `next` says.
///
/// # Panics
///
/// When the directory is longer than the table can tell.
#[must_use]
pub fn file(directory: &[Vec<u8>], next: &[u32]) -> Vec<u8> {
    let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    header.extend([0; 16]);
    // Versions, byte order, and sector sizes as powers of two.
    header.extend(b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0");
    header.extend([0; 10]);
    // One sector of the table; the directory from sector 1 on; no small streams, no longer list.
    for number in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        header.extend(number.to_le_bytes());
    }
    header.extend([0xff; 4 * 108]);
    let mut table: Vec<_> = [&[TABLE], next].concat();
    table.resize(SECTOR / 4, FREE);
    let table: Vec<_> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    let mut directory = directory.concat();
    directory.resize(directory.len().next_multiple_of(SECTOR), 0);
    [header, table, directory].concat()
}

/// A document whose root has a stream of this name, and its properties.
#[must_use]
pub fn document(stream: &str) -> Vec<u8> {
    let directory = [
        root(1),
        entry(STREAM, stream, [Some(2), None], None),
        entry(STREAM, "\x05SummaryInformation", [None, None], None),
    ];
    file(&directory, &[END])
}

/// A text in which a table is embedded, with the table's entry first.
#[must_use]
pub fn embedding() -> Vec<u8> {
    let directory = [
        root(3),
        entry(STREAM, "Workbook", [None, None], None),
        entry(STORAGE, "ObjectPool", [None, None], Some(1)),
        entry(STREAM, "WordDocument", [Some(2), None], None),
    ];
    file(&directory, &[END])
}

/// A directory whose sector follows itself, and entries that stand beside each other.
#[must_use]
pub fn turning() -> Vec<u8> {
    let directory = [
        root(1),
        entry(STREAM, "a", [Some(2), Some(2)], None),
        entry(STREAM, "b", [Some(1), Some(1)], Some(0)),
    ];
    file(&directory, &[1])
}

/// A document that is protected by a password.
#[must_use]
pub fn encrypted() -> Vec<u8> {
    let directory = [
        root(1),
        entry(STREAM, "EncryptionInfo", [Some(2), None], None),
        entry(STREAM, "EncryptedPackage", [None, None], None),
    ];
    file(&directory, &[END])
}

/// A workbook whose directory has few entries, each of which names absent siblings.
#[must_use]
pub fn small_directory() -> Vec<u8> {
    let directory = [
        root(2),
        entry(STREAM, "Workbook", [None, None], None),
        entry(STREAM, "\x05SummaryInformation", [Some(1), Some(3)], None),
        entry(STREAM, "\x05DocumentSummaryInformation", [None, None], None),
    ];
    file(&directory, &[END])
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![
        ("letter.doc", document("WordDocument")),
        ("table.xls", document("Workbook")),
        ("talk.ppt", document("PowerPoint Document")),
        ("embedding.doc", embedding()),
        ("turning.ole", turning()),
    ]
}

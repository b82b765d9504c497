//! PDF.

use crate::Sample;

/// A document of one empty page.
#[must_use]
pub fn empty() -> Vec<u8> {
    document(&[], "")
}

/// As [`empty`], with an author, a program and a time.
#[must_use]
pub fn signed() -> Vec<u8> {
    let info = "<</Author(A name)/Producer(A program)/CreationDate(D:20260101000000Z)>>";
    document(&[info], "/Info 4 0 R")
}

/// The page's objects and `more` of them, with `trailer` beside the root.
fn document(more: &[&str], trailer: &str) -> Vec<u8> {
    let page = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (index, object) in page.iter().chain(more).enumerate() {
        table.extend([format!("{:010} 00000 n \n", file.len())]);
        file.extend(format!("{} 0 obj{object}endobj\n", index + 1).bytes());
    }
    let count = page.len() + more.len() + 1;
    let place = file.len();
    let end = format!(
        "xref\n0 {count}\n{table}trailer<</Size {count}/Root 1 0 R{trailer}>>\n\
         startxref\n{place}\n%%EOF\n"
    );
    file.extend(end.bytes());
    file
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    vec![
        ("empty.pdf", empty()),
        ("signed.pdf", signed()),
        ("cut.pdf", empty()[..200].to_vec()),
    ]
}

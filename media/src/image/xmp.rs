//! XMP packets: which categories of personal metadata they contain
//! (ISO 16684-1; the properties are those of Exif for XMP and of XMP's own
//! namespaces).

use crate::bytes::contains;
use crate::report::Private;
use crate::sparse_file::{ParseError, SparseFile};

/// How much of a packet is searched, in bytes.
const SEARCHED: usize = 16 * 1024;

/// The properties of a camera or a program.
const DEVICE: [&[u8]; 6] = [
    b"tiff:Make",
    b"tiff:Model",
    b"xmp:CreatorTool",
    b"aux:SerialNumber",
    b"exifEX:BodySerialNumber",
    b"exifEX:LensSerialNumber",
];

/// The properties of a time.
const TIME: [&[u8]; 4] = [
    b"exif:DateTimeOriginal",
    b"xmp:CreateDate",
    b"xmp:ModifyDate",
    b"photoshop:DateCreated",
];

/// The categories in the packet between two offsets.
pub(crate) fn categories(
    file: &SparseFile,
    from: u64,
    to: u64,
) -> Result<Vec<Private>, ParseError> {
    let length = usize::try_from(to.saturating_sub(from)).unwrap_or(SEARCHED);
    let packet = file.get(from, length.min(SEARCHED))?;
    let has = |names: &[&[u8]]| names.iter().any(|name| contains(packet, name));
    let mut all = vec![Private::Xmp];
    if has_location(packet) {
        all.push(Private::Location);
    }
    if has(&DEVICE) {
        all.push(Private::Device);
    }
    if has(&TIME) {
        all.push(Private::Time);
    }
    Ok(all)
}

/// Whether there is a property of a location. The version of the GPS tags alone
/// (`exif:GPSVersionID`) is none.
fn has_location(packet: &[u8]) -> bool {
    const PREFIX: &[u8] = b"exif:GPS";
    const VERSION: &[u8] = b"exif:GPSVersionID";
    let mut parts = packet.windows(VERSION.len());
    let in_packet = parts.any(|part| part.starts_with(PREFIX) && part != VERSION);
    // A property within the last bytes is shorter than the version's name.
    let end = packet.len().saturating_sub(VERSION.len().saturating_sub(1));
    let end = packet.get(end..).unwrap_or_default();
    in_packet || contains(end, PREFIX)
}

//! Whether a file is all there, as far as its end shows: what a plain upload
//! looks at, beside the signature, so that no cut-off file travels for nothing.

use crate::jpeg;
use crate::known::{Known, Stop};
use crate::signature::{HEAD_BYTES, Signature};

/// How many of a file's last bytes are looked at.
pub const TAIL_BYTES: usize = 4096;

/// Top-level boxes that are looked at; a file has a handful.
const MOST_BOXES: usize = 64;

/// Looks at a file's end. What the end does not show counts as whole: a wrong
/// refusal would be worse than a wasted upload.
///
/// # Errors
///
/// `Truncated` for a file that is cut off, or a `Need`.
pub fn check(known: &Known) -> Result<(), Stop> {
    let head = known.get(0, clipped(known, HEAD_BYTES))?;
    // What a whole file has near its end; of a JPEG that is told otherwise.
    let end: &[u8] = match Signature::of(head) {
        Some(Signature::Jpeg) => b"",
        Some(Signature::Png) => b"IEND\xae\x42\x60\x82",
        Some(Signature::Pdf) => b"%%EOF",
        Some(Signature::Zip) => b"PK\x05\x06",
        Some(Signature::IsoMedia(_)) => return ends_in_a_box(known),
        _ => return Ok(()),
    };
    let length = clipped(known, TAIL_BYTES);
    let tail = known.get(known.size().saturating_sub(length as u64), length)?;
    let is_cut = if end.is_empty() {
        jpeg::runs_on(tail)
    } else {
        !has(tail, end)
    };
    if is_cut { Err(Stop::Truncated) } else { Ok(()) }
}

/// `length`, or the file's size where that is less.
fn clipped(known: &Known, length: usize) -> usize {
    usize::try_from(known.size()).map_or(length, |size| size.min(length))
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Looks whether the last box is said to go on beyond the file's end.
fn ends_in_a_box(known: &Known) -> Result<(), Stop> {
    let mut at = 0_u64;
    for _ in 0..MOST_BOXES {
        let size = match known.array::<8>(at) {
            Ok([0, 0, 0, 1, ..]) => u64::from_be_bytes(known.array(at.saturating_add(8))?),
            Ok([a, b, c, d, kind @ ..]) if kind.iter().all(u8::is_ascii_graphic) => {
                u64::from(u32::from_be_bytes([a, b, c, d]))
            }
            // Fewer bytes than a box's head, or letters that no box is called by.
            Ok(_) | Err(Stop::Truncated) => return Ok(()),
            Err(stop) => return Err(stop),
        };
        if size < 8 {
            // 0 stands for the rest of the file; others are no box's.
            return Ok(());
        }
        at = at.saturating_add(size);
        if at > known.size() {
            return Err(Stop::Truncated);
        }
        if at == known.size() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::drive;

    fn checked(file: &[u8]) -> Result<(), Stop> {
        let mut known = Known::new(file.len() as u64, HEAD_BYTES, 1 << 20);
        drive(file, &mut known, |known| check(known))
    }

    #[test]
    fn a_cut_jpeg_is_told_from_a_whole_one_and_from_one_with_something_after_it() {
        let head = [0xff, 0xd8, 0xff, 0xe0, 0, 16];
        let scan: Vec<u8> = [1, 2, 3, 0xff, 0, 5, 0xff, 0xd3].repeat(1000);
        let end = [0xff, 0xd9];
        let after = [0xff, 0xd8, 0xff, 0xe1, 9].repeat(900);
        let zeros = [0; 5000];
        let whole: [&[&[u8]]; 4] = [
            &[&head, &scan, &end],
            &[&head, &scan, &end, &after],
            &[&head, &scan, &end, &zeros],
            &[&head, &end],
        ];
        for parts in whole {
            assert_eq!(checked(&parts.concat()), Ok(()));
        }
        assert_eq!(checked(&[&head[..], &scan].concat()), Err(Stop::Truncated));
    }

    #[test]
    fn a_cut_png_pdf_and_zip_lack_their_ends() {
        let wholes: [&[u8]; 3] = [
            b"\x89PNG\r\n\x1a\n data \0\0\0\0IEND\xae\x42\x60\x82 more",
            b"%PDF-1.7 data\n%%EOF\n",
            b"PK\x03\x04 data PK\x05\x06 0123456789abcdef",
        ];
        for whole in wholes {
            assert_eq!(checked(whole), Ok(()));
            assert_eq!(checked(&whole[..10]), Err(Stop::Truncated));
        }
    }

    #[test]
    fn a_film_is_cut_where_its_last_box_goes_on() {
        let boxed = |kind: &[u8], content: &[u8]| {
            let size = u32::try_from(content.len() + 8).expect("small");
            [&size.to_be_bytes(), kind, content].concat()
        };
        let long = [&[0, 0, 0, 1][..], b"mdat", &24_u64.to_be_bytes(), &[7; 8]].concat();
        let film = [
            boxed(b"ftyp", b"isom\0\0\0\0isom"),
            boxed(b"moov", &[0; 30]),
            long,
        ]
        .concat();
        assert_eq!(checked(&film), Ok(()));
        assert_eq!(checked(&film[..film.len() - 1]), Err(Stop::Truncated));
        assert_eq!(checked(&[&film[..], &[0, 0, 0, 0, 1]].concat()), Ok(()));
        let endless = [boxed(b"ftyp", b"isom\0\0\0\0isom"), vec![0; 40]].concat();
        assert_eq!(checked(&endless), Ok(()));
    }

    #[test]
    fn what_says_nothing_of_its_end_counts_as_whole() {
        assert_eq!(
            checked(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"),
            Ok(())
        );
        assert_eq!(checked(b"anything"), Ok(()));
        assert_eq!(checked(b""), Ok(()));
    }
}

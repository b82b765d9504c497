//! Whether a file is whole, as far as its end shows, as `src/` asks.
//! [`crate::UploadCheck`] replaces it; this module goes with its last caller.

use crate::bytes::contains;
use crate::detect::Container;
#[cfg(doc)]
use crate::signature::HEAD_BYTES;

/// How many of a file's last bytes are looked at.
pub const TAIL_BYTES: usize = 4096;

/// How many bytes of a box's beginning are looked at.
pub const BOX_BYTES: usize = 16;

/// The most boxes beyond the first that are worth a look; a file has a handful.
pub const MOST_BOXES: u8 = 64;

/// What a look at a part of a file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing is missing, as far as the end shows. A wrong refusal would be worse than a wasted
    /// upload.
    Whole,
    /// The end is missing.
    Cut,
    /// What begins here tells more: [`BOX_BYTES`] of it, or all that there is, go to [`after_box`].
    On(u64),
}

/// Looks at a file's first [`HEAD_BYTES`] and at its last [`TAIL_BYTES`], or all that it has; `size` is
/// the whole file's.
#[must_use]
pub fn ends(head: &[u8], tail: &[u8], size: u64) -> Look {
    let is_cut = match Container::of(head, size) {
        Some(Container::Jpeg) => runs_on(tail),
        Some(Container::Png) => !contains(tail, b"IEND\xae\x42\x60\x82"),
        Some(Container::Pdf) => !contains(tail, b"%%EOF"),
        Some(Container::Zip) => !contains(tail, b"PK\x05\x06"),
        Some(Container::IsoBmff) => return after_box(0, head, size),
        _ => false,
    };
    if is_cut { Look::Cut } else { Look::Whole }
}

/// Looks whether the box at `at` of a file of `size` bytes is said to go on beyond the file's end.
#[must_use]
pub fn after_box(at: u64, bytes: &[u8], size: u64) -> Look {
    let length = match bytes {
        [0, 0, 0, 1, _, _, _, _, long @ ..] => match long.first_chunk() {
            Some(long) => u64::from_be_bytes(*long),
            None => return Look::Cut,
        },
        [a, b, c, d, kind @ ..]
            if kind.len() >= 4 && kind.iter().take(4).all(u8::is_ascii_graphic) =>
        {
            u64::from(u32::from_be_bytes([*a, *b, *c, *d]))
        }
        // Fewer bytes than a box's head, or letters that no box is called by.
        _ => return Look::Whole,
    };
    // 0 stands for the rest of the file; other small numbers are no box's.
    if length < 8 {
        return Look::Whole;
    }
    match at.saturating_add(length) {
        next if next > size => Look::Cut,
        next if next == size => Look::Whole,
        next => Look::On(next),
    }
}

/// Whether a JPEG surely ends in entropy-coded data.
fn runs_on(tail: &[u8]) -> bool {
    const ENOUGH: usize = 4;
    let fits = |code| matches!(code, 0 | 0xc4 | 0xd0..=0xd7 | 0xda | 0xff);
    let count = |fits: fn(&[u8]) -> bool| tail.windows(2).filter(|pair| fits(pair)).count();
    let zeros = count(|pair| matches!(pair, [..=0xfe, 0]));
    let is_data = tail
        .windows(2)
        .all(|pair| !matches!(pair, [0xff, code] if !fits(*code)));
    is_data && count(|pair| matches!(pair, [0xff, _])) >= ENOUGH && zeros < tail.len() / 16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::HEAD_BYTES;

    fn checked(file: &[u8]) -> Look {
        let head = &file[..file.len().min(HEAD_BYTES)];
        let tail = &file[file.len().saturating_sub(TAIL_BYTES)..];
        let size = file.len() as u64;
        let mut look = ends(head, tail, size);
        while let Look::On(at) = look {
            let from = usize::try_from(at).expect("small");
            let bytes = &file[from..file.len().min(from + BOX_BYTES)];
            look = after_box(at, bytes, size);
        }
        look
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
            assert_eq!(checked(&parts.concat()), Look::Whole);
        }
        assert_eq!(checked(&[&head[..], &scan].concat()), Look::Cut);
    }

    #[test]
    fn a_cut_png_pdf_and_zip_lack_their_ends() {
        let wholes: [&[u8]; 3] = [
            b"\x89PNG\r\n\x1a\n data \0\0\0\0IEND\xae\x42\x60\x82 more",
            b"%PDF-1.7 data\n%%EOF\n",
            b"PK\x03\x04 data PK\x05\x06 0123456789abcdef",
        ];
        for whole in wholes {
            assert_eq!(checked(whole), Look::Whole);
            assert_eq!(checked(&whole[..10]), Look::Cut);
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
        assert_eq!(checked(&film), Look::Whole);
        assert_eq!(checked(&film[..film.len() - 1]), Look::Cut);
        assert_eq!(
            checked(&[&film[..], &[0, 0, 0, 0, 1]].concat()),
            Look::Whole
        );
        let endless = [boxed(b"ftyp", b"isom\0\0\0\0isom"), vec![0; 40]].concat();
        assert_eq!(checked(&endless), Look::Whole);
    }

    #[test]
    fn what_says_nothing_of_its_end_counts_as_whole() {
        assert_eq!(
            checked(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"),
            Look::Whole
        );
        assert_eq!(checked(b"anything"), Look::Whole);
        assert_eq!(checked(b""), Look::Whole);
    }
}

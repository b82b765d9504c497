//! PNGs of any mixture of chunks.

use divar_media_samples::exif::{Exif, SECRET};
use divar_media_samples::png::{chunk, crc32, dot_with, exif, text, time, xmp};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::{apply, inspected, leaves, strip_png, tells_a_secret};

/// A chunk, and whether it is to be kept.
type Part = (Vec<u8>, bool);

const KEPT: [&[u8; 4]; 12] = [
    b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD",
    b"pHYs", b"sPLT",
];

fn any_part() -> impl Strategy<Value = Part> {
    let data = || vec(any::<u8>(), 0..30);
    let kept = (0..KEPT.len(), data()).prop_map(|(kind, data)| (chunk(KEPT[kind], &data), true));
    let other = data().prop_map(|data| (chunk(b"prVt", &[SECRET, &data].concat()), false));
    prop_oneof![
        kept,
        other,
        Just((text(), false)),
        Just((xmp(), false)),
        Just((time(), false)),
    ]
}

#[derive(Clone, Debug)]
struct Picture {
    before: Vec<Part>,
    behind: Vec<Part>,
    orientation: u16,
    has_exif_behind: bool,
    trailing: Vec<u8>,
}

fn any_picture() -> impl Strategy<Value = Picture> {
    let trailing = prop_oneof![Just(Vec::new()), Just(SECRET.to_vec())];
    let parts = || vec(any_part(), 0..6);
    (parts(), parts(), 0..10_u16, any::<bool>(), trailing).prop_map(
        |(before, behind, orientation, has_exif_behind, trailing)| Picture {
            before,
            behind,
            orientation,
            has_exif_behind,
            trailing,
        },
    )
}

impl Picture {
    fn file(&self) -> Vec<u8> {
        let told = exif(Exif {
            orientation: Some(self.orientation),
            device: true,
            location: true,
            ..Exif::default()
        });
        let all = |parts: &[Part]| parts.iter().map(|(bytes, _)| bytes.clone()).collect();
        let (mut before, mut behind): (Vec<_>, Vec<_>) = (all(&self.before), all(&self.behind));
        if self.has_exif_behind {
            behind.push(told);
        } else {
            before.push(told);
        }
        dot_with(&before, &behind, &self.trailing)
    }

    fn clean(&self) -> Vec<u8> {
        let kept = |parts: &[Part]| -> Vec<Vec<u8>> {
            let kept = parts.iter().filter(|(_, kept)| *kept);
            kept.map(|(bytes, _)| bytes.clone()).collect()
        };
        let mut before = kept(&self.before);
        let has_data = self.before.iter().any(|(chunk, _)| chunk[4..8] == *b"IDAT");
        let is_behind = self.has_exif_behind || has_data;
        if !is_behind && (2..=8).contains(&self.orientation) {
            let turned = exif(Exif {
                big_endian: true,
                orientation: Some(self.orientation),
                ..Exif::default()
            });
            before.insert(0, turned);
        }
        dot_with(&before, &kept(&self.behind), &[])
    }
}

/// Whether each chunk ends with the CRC of what is in it.
fn has_right_crcs(file: &[u8]) -> bool {
    let mut rest = &file[8..];
    while let Some((length, _)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (chunk, next) = rest.split_at(length + 12);
        let (named, crc) = chunk[4..].split_at(length + 4);
        if crc32(named).to_be_bytes() != crc {
            return false;
        }
        rest = next;
    }
    true
}

proptest! {
    #[test]
    fn removes_metadata_and_nothing_else(picture in any_picture()) {
        let file = picture.file();
        let plan = strip_png(&file).expect("a whole PNG");
        let clean = apply(&plan, &file);
        prop_assert_eq!(&clean, &picture.clean());
        prop_assert!(!tells_a_secret(&clean));
        prop_assert!(has_right_crcs(&clean));
        prop_assert!(leaves(&strip_png(&clean).expect("a whole PNG"), &clean));
    }

    #[test]
    fn removes_what_inspection_reports(picture in any_picture()) {
        let file = picture.file();
        let plan = strip_png(&file).expect("a whole PNG");
        let clean = apply(&plan, &file);
        let found = inspected(&file);
        prop_assert_eq!(found.private, plan.removed);
        let turned = found.orientation.filter(|turned| *turned > 1);
        prop_assert_eq!(inspected(&clean).orientation, turned);
    }
}

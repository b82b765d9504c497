//! JPEGs of any mixture of parts.

use divar_media::Private;
use divar_media_samples::exif::{Exif, SECRET};
use divar_media_samples::jpeg::{
    END, START, adobe, comment, exif, frame, index, iptc, jfif, jfif_with_thumbnail, profile, scan,
    segment, tables, xmp,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::{apply, inspected, leaves, strip_jpeg, tells_a_secret};

/// A part of a file, and whether it is to be kept.
#[derive(Clone, Debug)]
struct Part {
    bytes: Vec<u8>,
    kept: bool,
    orientation: Option<u8>,
    is_exif: bool,
}

const fn kept(bytes: Vec<u8>) -> Part {
    Part {
        bytes,
        kept: true,
        orientation: None,
        is_exif: false,
    }
}

const fn dropped(bytes: Vec<u8>) -> Part {
    Part {
        bytes,
        kept: false,
        orientation: None,
        is_exif: false,
    }
}

fn any_exif() -> impl Strategy<Value = Part> {
    let parts = proptest::array::uniform5(any::<bool>());
    let orientation = prop_oneof![Just(None), (0..12_u16).prop_map(Some)];
    (parts, orientation).prop_map(|(has, orientation)| Part {
        orientation: orientation
            .filter(|turned| (1..=8).contains(turned))
            .and_then(|turned| u8::try_from(turned).ok()),
        is_exif: true,
        ..dropped(exif(Exif {
            big_endian: has[0],
            orientation,
            // So it is never the block that is kept.
            device: true,
            time: has[1],
            location: has[2],
            thumbnail: has[3],
        }))
    })
}

fn any_private() -> impl Strategy<Value = Part> {
    let payload = || vec(any::<u8>(), 0..40);
    prop_oneof![
        4 => any_exif(),
        1 => Just(dropped(xmp())),
        1 => Just(dropped(iptc())),
        1 => Just(dropped(index())),
        1 => payload().prop_map(|text| dropped(segment(0xfe, &[SECRET, &text].concat()))),
        1 => Just(dropped(comment())),
        1 => (0xe0..=0xef_u8, payload()).prop_map(|(marker, bytes)| {
            dropped(segment(marker, &[SECRET, &bytes].concat()))
        }),
    ]
}

/// What may stand before a scan, with fill bytes before it.
fn any_part() -> impl Strategy<Value = Part> {
    let part = prop_oneof![
        3 => any_private(),
        1 => Just(kept(profile())),
        1 => Just(kept(adobe())),
        1 => Just(kept(tables())),
        1 => Just(kept(segment(0xdd, &[0, 1]))),
    ];
    (0..4_usize, part).prop_map(|(fill, part)| Part {
        bytes: [vec![0xff; fill], part.bytes].concat(),
        ..part
    })
}

/// A scan with data without markers, and fill bytes behind it.
fn any_scan() -> impl Strategy<Value = Part> {
    let bit = prop_oneof![
        6 => any::<u8>().prop_filter("no marker", |byte| *byte != 0xff).prop_map(|byte| vec![byte]),
        1 => Just(vec![0xff, 0]),
        1 => (0xd0..=0xd7_u8).prop_map(|restart| vec![0xff, restart]),
    ];
    vec(bit, 0..60).prop_map(|bits| kept([scan(), bits.concat()].concat()))
}

#[derive(Clone, Debug)]
struct Picture {
    has_jfif: u8,
    before: Vec<Part>,
    scans: Vec<(Part, Vec<Part>)>,
    trailing: Vec<u8>,
}

fn any_picture() -> impl Strategy<Value = Picture> {
    let scans = vec((any_scan(), vec(any_part(), 0..4)), 1..4);
    let trailing = prop_oneof![
        Just(Vec::new()),
        vec(any::<u8>(), 0..60).prop_map(|bytes| [SECRET, &bytes].concat()),
    ];
    (0..3_u8, vec(any_part(), 0..8), scans, trailing).prop_map(
        |(has_jfif, before, scans, trailing)| Picture {
            has_jfif,
            before,
            scans,
            trailing,
        },
    )
}

impl Picture {
    fn file(&self) -> Vec<u8> {
        let jfif = match self.has_jfif {
            0 => Vec::new(),
            1 => jfif(),
            _ => jfif_with_thumbnail(),
        };
        let parts = self.parts().into_iter().flat_map(|part| part.bytes);
        let parts: Vec<u8> = parts.collect();
        [START, &jfif, &parts, END, &self.trailing].concat()
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = self.before.clone();
        parts.push(kept(frame()));
        for (scan, behind) in &self.scans {
            parts.push(scan.clone());
            parts.extend_from_slice(behind);
        }
        parts
    }

    /// That of the first Exif segment: browsers read no other.
    fn orientation(&self) -> Option<u8> {
        let mut before = self.before.iter();
        before.find(|part| part.is_exif)?.orientation
    }

    /// What it is to become.
    fn clean(&self) -> Vec<u8> {
        let orientation = match self.orientation() {
            Some(turned @ 2..) => exif(Exif {
                big_endian: true,
                orientation: Some(turned.into()),
                ..Exif::default()
            }),
            _ => Vec::new(),
        };
        let jfif = if self.has_jfif > 0 {
            jfif()
        } else {
            Vec::new()
        };
        let kept: Vec<u8> = self.kept();
        [START, &jfif, &orientation, &kept, END].concat()
    }

    /// All that is kept: fill bytes right behind a scan's data are data, too.
    fn kept(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut behind_data = false;
        for part in self.parts() {
            if part.kept {
                bytes.extend_from_slice(&part.bytes);
            } else if behind_data {
                let fill = part.bytes.iter().take_while(|byte| **byte == 0xff);
                bytes.extend(fill.skip(1));
            }
            behind_data = part.bytes.get(1) == Some(&0xda);
        }
        bytes
    }
}

proptest! {
    #[test]
    fn removes_metadata_and_nothing_else(picture in any_picture()) {
        let file = picture.file();
        let plan = strip_jpeg(&file).expect("a whole JPEG");
        let clean = apply(&plan, &file);
        prop_assert_eq!(&clean, &picture.clean());
        prop_assert!(!tells_a_secret(&clean));
        prop_assert_eq!(plan.removed.is_empty(), clean == file);
    }

    #[test]
    fn stripping_twice_changes_nothing(picture in any_picture()) {
        let file = picture.file();
        let plan = strip_jpeg(&file).expect("a whole JPEG");
        let clean = apply(&plan, &file);
        prop_assert!(leaves(&strip_jpeg(&clean).expect("a whole JPEG"), &clean));
    }

    #[test]
    fn keeps_the_orientation(picture in any_picture()) {
        let file = picture.file();
        let clean = apply(&strip_jpeg(&file).expect("a whole JPEG"), &file);
        let before = inspected(&file).orientation;
        prop_assert_eq!(before, picture.orientation());
        prop_assert_eq!(inspected(&clean).orientation, before.filter(|turned| *turned > 1));
        prop_assert_eq!(inspected(&clean).private, []);
    }

    #[test]
    fn removes_what_inspection_reports(picture in any_picture()) {
        let file = picture.file();
        let gone = strip_jpeg(&file).expect("a whole JPEG").removed;
        for what in inspected(&file).private {
            // What is between scans is not inspected, and may look like an end.
            prop_assert!(gone.contains(&what) || what == Private::Trailing, "{:?}", what);
        }
    }

    #[test]
    fn rejects_jpeg_cut_in_front_of_its_data(picture in any_picture(), at in any::<Index>()) {
        let file = picture.file();
        let scan = file.windows(2).position(|pair| pair == [0xff, 0xda]).expect("a scan");
        prop_assert!(strip_jpeg(&file[..at.index(scan)]).is_err());
    }
}

use divar_media::{Format, Private};
use divar_media_samples::exif::Exif;
use divar_media_samples::webp::{
    all, animated, chunk, exif, extended, file, flags, lossless, lossy, xmp,
};

use crate::inspected;

#[test]
fn reads_the_size_of_each_kind() {
    let large = chunk(b"VP8X", &[0, 0, 0, 0, 0xff, 1, 0, 0x0f, 0, 1]);
    let found = inspected(&file(&[large, lossy()]));
    assert_eq!((found.width, found.height), (Some(512), Some(65_552)));
    for frame in [lossy(), lossless()] {
        let found = inspected(&file(&[frame]));
        assert_eq!(found.format, Format::WebP);
        assert_eq!((found.width, found.height), (Some(1), Some(1)));
        assert_eq!(found.private, []);
        assert!(!found.animated && !found.truncated);
    }
}

#[test]
fn reads_sizes_of_fourteen_bits() {
    let bits = 0x012b | (0x3fff << 14);
    let frame = [&[0x2f], &u32::to_le_bytes(bits)[..]].concat();
    let found = inspected(&file(&[chunk(b"VP8L", &frame)]));
    assert_eq!((found.width, found.height), (Some(300), Some(16_384)));
    assert!(!found.alpha);
    let frame = b"\0\0\0\x9d\x01\x2a\x2c\x41\xff\x7f";
    let found = inspected(&file(&[chunk(b"VP8 ", frame)]));
    assert_eq!((found.width, found.height), (Some(300), Some(16_383)));
}

#[test]
fn reads_alpha_and_animation() {
    assert!(inspected(&file(&[lossless()])).alpha);
    assert!(!inspected(&file(&[lossy()])).alpha);
    assert!(inspected(&file(&[extended(flags::ALPHA), lossy()])).alpha);
    assert!(inspected(&animated()).animated);
}

#[test]
fn reports_metadata() {
    let told = Exif {
        orientation: Some(5),
        device: true,
        ..Exif::default()
    };
    let parts = [
        extended(flags::EXIF | flags::XMP),
        lossy(),
        exif(told),
        xmp(),
    ];
    let found = inspected(&file(&parts));
    assert_eq!(found.orientation, Some(5));
    let all = [
        Private::Location,
        Private::Device,
        Private::Exif,
        Private::Xmp,
    ];
    assert_eq!(found.private, all);
    let named = chunk(b"EXIF", &[b"Exif\0\0", &told.tiff()[..]].concat());
    assert_eq!(inspected(&file(&[lossy(), named])).orientation, Some(5));
    let trailing = [file(&[lossy()]), b"more".to_vec()].concat();
    assert_eq!(inspected(&trailing).private, [Private::Trailing]);
    let unknown = file(&[lossy(), chunk(b"WHAT", b"")]);
    assert_eq!(inspected(&unknown).private, [Private::Other]);
}

#[test]
fn rejects_webp_shorter_than_its_riff_size() {
    for (name, file) in all() {
        for length in 16..file.len() {
            assert!(inspected(&file[..length]).truncated, "{name} {length}");
        }
    }
}

use divar_media::{Format, Private};
use divar_media_samples::gif::{COMMENT, HEAD, IMAGE, REPEATED, TRAILER, TRANSPARENT, dot};

use crate::{inspected, read_to_inspect};

/// An image whose data go on for this many blocks.
fn long_image(blocks: usize) -> Vec<u8> {
    let data = [&[255][..], &[7; 255]].concat().repeat(blocks);
    [&IMAGE[..11], &data, &[0]].concat()
}

#[test]
fn reads_the_size() {
    let found = inspected(&dot());
    assert_eq!(found.format, Format::Gif);
    assert_eq!((found.width, found.height), (Some(1), Some(1)));
    assert!(!found.alpha && !found.animated && !found.truncated);
    assert_eq!(found.private, []);
}

#[test]
fn two_images_are_an_animation() {
    assert!(inspected(&[HEAD, IMAGE, IMAGE, TRAILER].concat()).animated);
    assert!(!inspected(&[HEAD, REPEATED, IMAGE, TRAILER].concat()).animated);
    let long = long_image(100);
    assert!(inspected(&[HEAD, &long, &long, TRAILER].concat()).animated);
    assert!(!inspected(&[HEAD, &long, TRAILER].concat()).animated);
}

#[test]
fn overlong_gif_is_an_animation_if_it_repeats() {
    let long = long_image(2000);
    let still = [HEAD, &long, TRAILER].concat();
    let moving = [HEAD, REPEATED, &long, &long, TRAILER].concat();
    assert!(!inspected(&still).animated);
    assert!(inspected(&moving).animated);
    assert!(!inspected(&moving).truncated);
    assert!(read_to_inspect(&moving) <= 256 * 1024);
}

#[test]
fn reads_transparency() {
    assert!(inspected(&[HEAD, TRANSPARENT, IMAGE, TRAILER].concat()).alpha);
    let mut opaque = TRANSPARENT.to_vec();
    opaque[3] = 0;
    assert!(!inspected(&[HEAD, &opaque, IMAGE, TRAILER].concat()).alpha);
}

#[test]
fn reports_metadata() {
    let told = |block: &[u8], behind: &[u8]| {
        inspected(&[HEAD, block, IMAGE, TRAILER, behind].concat()).private
    };
    assert_eq!(told(COMMENT, b""), [Private::Text]);
    assert_eq!(told(b"!\xff\x0bXMP DataXMP\x01x\0", b""), [Private::Xmp]);
    assert_eq!(told(b"!\xff\x0bSOMETHING12\x01x\0", b""), [Private::Other]);
    assert_eq!(told(b"!\xff\x0bICCRGBG1012\x01x\0", b""), []);
    assert_eq!(told(b"", b"more"), [Private::Trailing]);
}

#[test]
fn rejects_gif_cut_within_its_first_image() {
    let file = [HEAD, COMMENT, IMAGE, TRAILER].concat();
    for length in HEAD.len()..file.len() - 1 {
        assert!(inspected(&file[..length]).truncated, "{length}");
    }
    assert!(!inspected(&file[..file.len() - 1]).truncated);
}

#[test]
fn accepts_stray_bytes_behind_the_first_image() {
    for behind in [&b"!\0\0"[..], b"\0\0", b"more", &IMAGE[..12]] {
        let found = inspected(&[HEAD, IMAGE, behind].concat());
        assert!(!found.truncated && found.malformed.is_none());
    }
}

#[test]
fn size_of_a_frame_beyond_the_screen_is_that_which_decoders_need() {
    let mut image = IMAGE.to_vec();
    image[5..9].copy_from_slice(&[0x20, 0x4e, 0x20, 0x4e]);
    let found = inspected(&[HEAD, &image, TRAILER].concat());
    assert_eq!(found.width, Some(1));
    assert_eq!(found.largest_frame, Some((20_000, 20_000)));
}

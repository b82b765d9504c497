//! Decoding HEIC.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// Larger pictures only take longer.
const MAX_PIXELS: u32 = 256 * 256;

fuzz_target!(|data: &[u8]| {
    if let Ok(picture) = divar_heic::decode(data, MAX_PIXELS) {
        let pixels = picture.width as usize * picture.height as usize;
        assert_eq!(picture.rgba.len(), pixels * 4);
        assert!(pixels <= MAX_PIXELS as usize, "{pixels} pixels");
    }
});

//! Inspects webp files.
#![no_main]

use divar_media::Container;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| divar_media_fuzz::inspected(Container::WebP, data));

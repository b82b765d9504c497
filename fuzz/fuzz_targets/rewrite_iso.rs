//! Rewrites movies and recordings.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| divar_media_fuzz::rewritten_movie(data));
